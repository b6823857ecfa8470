// Other ways to say where a message ends: a length or a mark before it or after it. Here its last bracket says it.
import { framing, hexBytes, pattern, type Recogniser } from './finding'

const NO_PREFIX = 'Send the JSON object alone: its closing bracket says where it ends.'

/** What C programs send that count the byte after a text. Such bytes between messages are skipped. */
export const NUL_NOTE =
  'A NUL byte follows its message; it was skipped. From C, send strlen(text) bytes, not strlen(text) + 1 or sizeof.'

type Digits = readonly number[]

const bigEndian = (bytes: Digits) => bytes.reduce((value, byte) => value * 256 + byte, 0)
const littleEndian = (bytes: Digits) => bigEndian([...bytes].reverse())
function lengthPrefix(
  kind: string,
  is: RegExp,
  maybe: RegExp,
  numberIn: (bytes: Digits) => number,
  writer?: string,
): Recogniser {
  return pattern(kind, is, maybe, ([prefix]) => {
    const bytes = prefix.slice(0, -1)
    const value = numberIn(Array.from(bytes, (byte) => byte.charCodeAt(0)))
    const by = writer === undefined ? '' : `, as ${writer} writes it`
    return framing(
      `A length prefix stands before the message: ${hexBytes(bytes)} is ${value} (${kind}${by}).`,
      NO_PREFIX,
    )
  })
}

const MARK_NAMES: Readonly<Record<string, string>> = {
  '\x01': 'SOH (01)',
  '\x02': 'STX (02)',
  '\x0b': 'VT (0b)',
  '\x1e': 'RS (1e)',
}

export const FRAMINGS: readonly Recogniser[] = [
  lengthPrefix(
    '8 bytes, big-endian',
    /^\0{5}[\0-\x0f][\s\S]{2}\{/,
    /^\0(?:\0(?:\0(?:\0(?:\0(?:[\0-\x0f][\s\S]{0,2})?)?)?)?)?$/,
    bigEndian,
  ),
  lengthPrefix(
    '8 bytes, little-endian',
    /^[\s\S]{2}[\0-\x0f]\0{5}\{/,
    /^[\s\S](?:[\s\S](?:[\0-\x0f]\0{0,5})?)?$/,
    littleEndian,
  ),
  lengthPrefix(
    '4 bytes, big-endian',
    /^\0[\0-\x0f][\s\S]{2}\{/,
    /^\0(?:[\0-\x0f][\s\S]{0,2})?$/,
    bigEndian,
    'struct.pack("!I", …) or writeInt',
  ),
  lengthPrefix(
    '4 bytes, little-endian',
    /^[\s\S]{2}[\0-\x0f]\0\{/,
    /^[\s\S]{1,2}$|^[\s\S]{2}[\0-\x0f]\0?$/,
    littleEndian,
    'struct.pack("I", …)',
  ),
  lengthPrefix(
    '2 bytes, big-endian',
    /^(?!\x04\x08)[\0-\x1f][\s\S]\{/,
    /^[\0-\x1f][\s\S]?$/,
    bigEndian,
    'Java’s writeUTF',
  ),
  lengthPrefix(
    '2 bytes, little-endian',
    /^(?!\x04\x08)[\s\S][\0-\x1f]\{/,
    /^[\s\S][\0-\x1f]?$/,
    littleEndian,
  ),
  pattern(
    'mark of one byte before the message',
    /^([\x01-\x08\x0b\x0c\x0e-\x1f\xc0])\{/,
    /^[\x01-\x08\x0b\x0c\x0e-\x1f\xc0]$/,
    ([, mark = '']) =>
      framing(
        `The byte ${MARK_NAMES[mark] ?? hexBytes(mark)} stands before the message, a mark or a length.`,
        NO_PREFIX,
      ),
  ),
  pattern(
    'length in decimal digits',
    /^(\d{1,20})( *)(:|\r?\n|\|)? *\{/,
    /^\d{1,20} *(?::|\r|\r?\n|\|)? *$/,
    ([, digits = '', padding = '', mark = '']) => {
      const how =
        mark === ':'
          ? 'as in a netstring'
          : mark.includes('\n')
            ? 'on a line of its own'
            : padding.length > 1
              ? 'padded with spaces'
              : 'in decimal digits'
      return framing(
        `A length stands before the message, ${how}: ${JSON.stringify(digits)}.`,
        NO_PREFIX,
      )
    },
  ),
  pattern(
    'chunk of HTTP',
    /^([0-9a-fA-F]{1,8})\r\n\{/,
    /^[0-9a-fA-F]{1,8}(?:\r\n?)?$/,
    ([, digits = '']) =>
      framing(
        `A chunk’s length in hex digits stands before the message, as in HTTP: ${JSON.stringify(digits)}.`,
        NO_PREFIX,
      ),
  ),
  pattern(
    'header lines',
    /^(?:Content-Length|Content-Type|Host|Connection|Accept|User-Agent|Upgrade)[ \t]*:/i,
    /^(?:c(?:o(?:n(?:t(?:e(?:n(?:t(?:-(?:l(?:e(?:n(?:g(?:th?)?)?)?)?|t(?:y(?:pe?)?)?)?)?)?)?)?|n(?:e(?:c(?:t(?:i(?:on?)?)?)?)?)?)?)?)?|h(?:o(?:st?)?)?|a(?:c(?:c(?:e(?:pt?)?)?)?)?|u(?:s(?:e(?:r(?:-(?:a(?:g(?:e(?:nt?)?)?)?)?)?)?)?|p(?:g(?:r(?:a(?:de?)?)?)?)?)?)[ \t]*$/i,
    framing('Header lines such as Content-Length stand before the message.', NO_PREFIX),
  ),
]

/** The last one to be tried, because any superfluous character in front of a message looks like it. */
export const oneByteBefore = pattern(
  'length of one byte',
  /^([\x20-\x7a\x7e-\xff])\{"/,
  /^[\x20-\x7a\x7e-\xff]\{?$/,
  ([, byte = '']) =>
    framing(
      `The byte ${hexBytes(byte)} stands before the message: a length of ${byte.charCodeAt(0)}, perhaps.`,
      NO_PREFIX,
    ),
)

const endMark = pattern(
  'end mark after a message',
  /^(?:<[A-Z/]{2,12}>|[,;|$#~^\x03\x04\x17\x1c-\x1f]|\}|END|EOF|EOM)/,
  /^(?:<[A-Z/]{0,12}|E|EN|EO)$/,
  ([mark]) => {
    const shown = /^[ -~]+$/.test(mark) ? JSON.stringify(mark) : hexBytes(mark)
    const remedy =
      mark === '}' ? 'It is one closing bracket too many.' : 'Messages need no mark between them.'
    return framing(`${shown} stands after the message, where the next one was due.`, remedy)
  },
)

/** What programs of other protocols write after each message. */
export const afterMessage: Recogniser = (head) => (head.afterMessage ? endMark(head) : undefined)
