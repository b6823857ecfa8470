// An object that is nearly JSON: its first mistake, and the remedy.
import { firstWrongByte, utf8Length } from '../utf8'
import { type Due, firstJsonError, type JsonError } from './json-error'

interface Mistake {
  due: readonly Due[]
  /** Matches the text from the mistake on. */
  is: RegExp
  words: string
}

const KEY: readonly Due[] = ['key']
const VALUE: readonly Due[] = ['value']
const TOKEN: readonly Due[] = ['key', 'value', 'colon', 'comma']

/** The first that fits counts. */
const MISTAKES: readonly Mistake[] = [
  {
    due: TOKEN,
    is: /^['’‘`]/,
    words: `single quotes; JSON wants double ones: use json.dumps in Python, JSON.stringify in JavaScript`,
  },
  {
    due: TOKEN,
    is: /^[“”„«»‟]/,
    words: `typographic quotes; JSON wants plain ones ("), which an editor for code writes`,
  },
  {
    due: TOKEN,
    is: /^\\"/,
    words: `a backslash before a quote; encode the message once, and look at the quotes of the shell`,
  },
  {
    due: TOKEN,
    is: /^[bB]['"]/,
    words: `Python’s bytes (b'…') inside of a message; decode them first`,
  },
  {
    due: TOKEN,
    is: /^[\u00a0\u200b-\u200f\u2028\u2029\u3000\ufeff]/,
    words: 'a space of another kind, as copied from a page; type it again',
  },
  { due: TOKEN, is: /^(?:\/\/|\/\*|#)/, words: 'a comment, which JSON has not' },
  {
    due: TOKEN,
    is: /^(?:%[sdrif]|\$\{|\{\w{0,30}\}|<\w{1,30}>)/,
    words: 'a placeholder that was not filled in; in Python, an f before the string may be missing',
  },
  {
    due: KEY,
    is: /^\{/,
    words: 'two opening brackets; in Python, {{ is { only in an f-string or with format()',
  },
  {
    due: KEY,
    is: /^:[A-Za-z_"]/,
    words: 'a symbol of Ruby as it prints; use JSON.generate or to_json',
  },
  {
    due: KEY,
    is: /^[A-Za-z_$][\w$]*\s*=/,
    words: 'a map as Java or C# prints it; use a JSON library',
  },
  {
    due: KEY,
    is: /^[A-Za-z_$][\w$-]*\s*:/,
    words: 'a key without quotes; use JSON.stringify in JavaScript, or write "type"',
  },
  {
    due: KEY,
    is: /^[-\d]/,
    words: 'a number where a key in double quotes was due; each value needs its name',
  },
  {
    due: ['colon'],
    is: /^=>/,
    words: 'a hash as Ruby or PHP prints it; use to_json or json_encode',
  },
  { due: ['colon'], is: /^=/, words: 'an equals sign where a colon was due' },
  {
    due: ['colon'],
    is: /^[,}]/,
    words: 'a key without a value; a set of Python perhaps, where a dict was meant',
  },
  {
    due: VALUE,
    is: /^(?:True|False|None)\b/,
    words: 'a value of Python (True, False, None); use json.dumps, which writes true, false, null',
  },
  {
    due: VALUE,
    is: /^[+-]?(?:NaN|nan|Infinity|inf|Inf)\b/,
    words: 'NaN or infinity, which JSON has not; json.dumps(…, allow_nan=False) finds it',
  },
  {
    due: VALUE,
    is: /^(?:undefined|nil|NULL|Null|nullptr|TRUE|FALSE)\b/,
    words: 'a value that JSON has not; it has true, false and null',
  },
  { due: VALUE, is: /^[,}\]]/, words: 'a value is missing' },
  {
    due: VALUE,
    is: /^[+-]?(?:0\d|0[xXoObB]|\.\d|\+|\d)/,
    words: 'a number as JSON does not write it; decimal, without a leading zero, plus or point',
  },
  { due: VALUE, is: /^[A-Za-z_$]/, words: 'a text without double quotes' },
  { due: ['comma'], is: /^"/, words: 'a comma is missing' },
  { due: ['comma'], is: /^;/, words: 'a semicolon where a comma was due' },
  { due: ['comma'], is: /^L\b/, words: 'a number of Python 2 as it prints (5L); use json.dumps' },
  { due: ['comma'], is: /^[}\])]/, words: 'a closing bracket of the wrong kind' },
  {
    due: ['control'],
    is: /^[\n\r]/,
    words: 'a line break in a text; JSON writes it as \\n, as json.dumps does',
  },
  {
    due: ['control'],
    is: /^\t/,
    words: 'a tab in a text; JSON writes it as \\t, as json.dumps does',
  },
  { due: ['control'], is: /^\0/, words: 'a NUL byte in a text; JSON writes it as \\u0000' },
  { due: ['control'], is: /^/, words: 'a control character in a text; JSON writes it as \\u00…' },
  { due: ['escape'], is: /^\\'/, words: "a backslash before ', which JSON does not escape" },
  { due: ['escape'], is: /^\\x/, words: 'an escape of another language (\\x…); JSON has \\u00…' },
  {
    due: ['escape'],
    is: /^/,
    words: 'a backslash that begins no escape of JSON; write \\\\ for one backslash',
  },
]

const WANTED: Record<Due, string> = {
  key: 'a key in double quotes was due',
  colon: 'a colon was due',
  value: 'a value was due',
  comma: 'a comma or a closing bracket was due',
  escape: 'an escape was due',
  control: 'a character was due',
}

const SEEN_CHARS = 60

/** Describes the first mistake of a text that starts with `{`. Undefined where only its end is missing. */
export function syntaxWords(text: string): string | undefined {
  const error = firstJsonError(text)
  if (error === undefined || isUnfinished(text, error)) return undefined
  const where = `byte ${utf8Length(text.slice(0, error.at))}, near ${contextOf(text, error.at)}`
  return `The message is not JSON: ${mistakeIn(text, error)} (${where}).`
}

/** A head that does not tell yet which notation it is. */
const OPEN_HEAD = /^\{[ \t\r\n]*(?:[\w$-]*\s*|[:/\\%$]|\{\w{0,30}|<\w{0,30}|[\x80-\xff]{1,2})$/

/**
 * Describes the first mistake of an object whose `{` is followed by no key and no `}`. `head`: one character a byte.
 * Undefined: the next bytes may tell more.
 */
export function notationWords(head: string, ended: boolean): string | undefined {
  if (!ended && OPEN_HEAD.test(head)) return undefined
  const text = decoded(Uint8Array.from(head, (byte) => byte.charCodeAt(0)))
  const at = 1 + text.slice(1).search(/[^ \t\r\n]|$/)
  const error: JsonError = { at, due: 'key', bracket: '}', afterComma: false }
  return `The message is not JSON: ${mistakeIn(text, error)} (byte ${at}).`
}

/** UTF-8 where it is that, else Windows-1252, whose typographic quotes are one byte. */
function decoded(bytes: Uint8Array): string {
  const wrong = firstWrongByte(bytes)
  return new TextDecoder(wrong === undefined || wrong > 2 ? 'utf-8' : 'windows-1252').decode(bytes)
}

function mistakeIn(text: string, { at, due, afterComma }: JsonError): string {
  const seen = text.slice(at, at + SEEN_CHARS)
  if (afterComma && /^[}\]]/.test(seen)) return 'a comma before the closing bracket is too many'
  return (
    MISTAKES.find((mistake) => mistake.due.includes(due) && mistake.is.test(seen))?.words ??
    WANTED[due]
  )
}

function isUnfinished(text: string, { at, due }: JsonError): boolean {
  const rest = text.slice(at, at + SEEN_CHARS)
  switch (due) {
    case 'value':
      return /^(?:-?\d*\.?\d*[eE]?[+-]?|-?\d+(?:\.\d+)?[eE][+-]?\d*|t(?:ru?)?|f(?:a(?:ls?)?)?|n(?:ul?)?)$/.test(
        rest,
      )
    case 'escape':
      return /^\\(?:u[0-9a-fA-F]{0,3})?$/.test(rest)
    default:
      return rest === ''
  }
}

const CONTEXT_CHARS = 12

/** The text around the mistake. */
function contextOf(text: string, at: number): string {
  return JSON.stringify(text.slice(Math.max(0, at - CONTEXT_CHARS), at + CONTEXT_CHARS))
}
