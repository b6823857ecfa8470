// Other encodings than UTF-8: of a whole stream, and of one byte in a message.
import { firstWrongByte } from '../utf8'
import { hexBytes, pattern, type Recogniser } from './finding'

const USE_UTF8 =
  'Encode the text as UTF-8: .encode() in Python, getBytes(StandardCharsets.UTF_8) in Java.'

function encoding(name: string) {
  return { code: 'NOT_UTF8', text: `These bytes are ${name}, not UTF-8. ${USE_UTF8}` } as const
}

/** `{` and the next character's first bytes, in another encoding. */
export const ENCODINGS: readonly Recogniser[] = [
  pattern(
    'UTF-32',
    /^(?:\xff\xfe\0\0|\0\0\xfe\xff|\{\0\0\0|\0\0\0\{\0)/,
    /^(?:\xff(?:\xfe\0?)?|\0(?:\0(?:\xfe|\0\{?)?)?|\{(?:\0\0?)?)$/,
    encoding('text in UTF-32'),
  ),
  pattern(
    'UTF-16',
    /^(?:\xff\xfe[\s\S]\0|\xfe\xff|\{\0[\s\S]|\0\{\0)/,
    /^(?:\xff(?:\xfe[\s\S]?)?|\xfe|\{\0?|\0\{?)$/,
    encoding('text in UTF-16'),
  ),
  pattern('UTF-7', /^\+AHs/, /^\+(?:AH?)?$/, encoding('text in UTF-7')),
  pattern('EBCDIC', /^\xc0[\x7f\x25\x40]/, /^\xc0$/, encoding('text in EBCDIC')),
  pattern('a second byte order mark', /^\xef\xbb\xbf/, /^\xef\xbb?$/, {
    code: 'NOT_JSON',
    text: 'A byte order mark (ef bb bf) stands before the message, which may have one at its very start only. Encode as "utf-8", not "utf-8-sig".',
  }),
]

/** Names the first byte of a message that is not UTF-8, its place, and what it may be; undefined if all are. */
export function wrongByteWords(bytes: Uint8Array): string | undefined {
  const at = firstWrongByte(bytes)
  if (at === undefined) return undefined
  if (at === bytes.length) {
    return 'The bytes are not UTF-8: they end in the middle of a character.'
  }
  const text = Array.from(bytes.subarray(at, at + 3), (byte) => String.fromCharCode(byte)).join('')
  const where = `byte ${at} (${hexBytes(text[0] ?? '')})`
  if (/^(?:\xc0\x80|\xed[\xa0-\xbf])/.test(text)) {
    return `The bytes are not UTF-8: ${where} begins a character as Java’s writeUTF writes it. ${USE_UTF8}`
  }
  const context = contextOf(bytes, at)
  const letter = CP1252.decode(bytes.subarray(at, at + 1))
  return `The bytes are not UTF-8: ${where}, near ${context}; in Latin-1 it is ${JSON.stringify(letter)}. ${USE_UTF8}`
}

const CP1252 = new TextDecoder('windows-1252')
const CONTEXT_BYTES = 12

/** The text around a byte, read as Latin-1. */
function contextOf(bytes: Uint8Array, at: number): string {
  const around = bytes.subarray(Math.max(0, at - CONTEXT_BYTES), at + CONTEXT_BYTES)
  return JSON.stringify(CP1252.decode(around))
}
