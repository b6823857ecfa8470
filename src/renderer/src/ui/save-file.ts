// Saves a file from the page: as a download, for which the desktop app asks where to put it.

/** `name` with its extension. */
export function saveFile(name: string, content: Blob): void {
  const url = URL.createObjectURL(content)
  const link = document.createElement('a')
  link.href = url
  link.download = name
  link.click()
  // By then the download has its own reference to the content.
  setTimeout(() => URL.revokeObjectURL(url))
}

/** `roundabout-2026-11-24-0915` and the extension. */
export function fileName(extension: string, now = new Date()): string {
  const two = (value: number) => String(value).padStart(2, '0')
  const day = `${now.getFullYear()}-${two(now.getMonth() + 1)}-${two(now.getDate())}`
  return `roundabout-${day}-${two(now.getHours())}${two(now.getMinutes())}.${extension}`
}
