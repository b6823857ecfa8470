// Pictures of a lesson as data URLs, by what their bytes say they are.

const begins = (bytes: Uint8Array, text: string, at = 0) =>
  [...text].every((character, index) => bytes[at + index] === character.charCodeAt(0))

const KINDS: readonly {
  readonly endings: readonly string[]
  readonly type: string
  readonly fits: (bytes: Uint8Array) => boolean
}[] = [
  {
    endings: ['png'],
    type: 'image/png',
    fits: (bytes) => begins(bytes, '\u0089PNG\r\n\u001a\n'),
  },
  {
    endings: ['jpg', 'jpeg'],
    type: 'image/jpeg',
    fits: (bytes) => begins(bytes, '\u00ff\u00d8\u00ff'),
  },
  {
    endings: ['webp'],
    type: 'image/webp',
    fits: (bytes) => begins(bytes, 'RIFF') && begins(bytes, 'WEBP', 8),
  },
  { endings: ['svg'], type: 'image/svg+xml', fits: isSvg },
]

type ReadPicture = { ok: true; url: string } | { ok: false; problem: string }

export function readPicture(name: string, bytes: Uint8Array): ReadPicture {
  const ending = /\.(\w+)$/.exec(name)?.[1]?.toLowerCase() ?? ''
  const kind = KINDS.find(({ endings }) => endings.includes(ending))
  if (kind === undefined) {
    return { ok: false, problem: 'A picture is a .png, .jpg, .svg or .webp file.' }
  }
  if (!kind.fits(bytes)) {
    return { ok: false, problem: `Its bytes are not those of a .${ending} file.` }
  }
  return { ok: true, url: `data:${kind.type};base64,${Buffer.from(bytes).toString('base64')}` }
}

/** Shown as a picture, an SVG runs no scripts and loads nothing. */
function isSvg(bytes: Uint8Array): boolean {
  const head = new TextDecoder().decode(bytes.subarray(0, 4_000))
  return /^\s*(<\?xml[^>]*>\s*)?(<!--(?:(?!-->)[\s\S])*-->\s*)*(<!DOCTYPE svg[^>[]*>\s*)?<svg[\s/>]/.test(
    head,
  )
}
