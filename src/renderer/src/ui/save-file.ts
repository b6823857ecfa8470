// Saving a file from the page: a download, for which the desktop shell asks where to put it.

/** `name` with its extension. */
export function saveFile(name: string, content: Blob): void {
  const url = URL.createObjectURL(content)
  const link = document.createElement('a')
  link.href = url
  link.download = name
  link.click()
  // The download has its own hold on the content by the next turn.
  setTimeout(() => URL.revokeObjectURL(url))
}

/** `roundabout-2026-11-24-0915` and the extension. */
export function fileName(extension: string, now = new Date()): string {
  const two = (value: number) => String(value).padStart(2, '0')
  const day = `${now.getFullYear()}-${two(now.getMonth() + 1)}-${two(now.getDate())}`
  return `roundabout-${day}-${two(now.getHours())}${two(now.getMinutes())}.${extension}`
}
