// Turns an unexpected error into a problem: its message and where it arose, bounded, and without
// anything that a person has typed or sent.
import type { Problem } from './contract'
import { MAX_PROBLEM_CHARS, MAX_PROBLEM_DETAILS_CHARS } from './limits'

/** Errors whose message quotes what was parsed, which may be a payload. */
const QUOTING = new Set(['SyntaxError', 'ValiError'])
/** A line of a stack, as Chromium and Node write it (`at …`), or Firefox and Safari (`…@…:1:2`). */
const FRAME = /^\s*at |^[^:@]*@.*:\d+:\d+$/
/** What precedes the message in a stack: `Name: `, `Name [CODE]: `, or nothing. */
const HEADER = /^[\w$.]+(?: \[\w+\])?(?:: )?/
const PLAIN_NAME = /^[A-Za-z_$][\w$]{0,59}$/
const PLAIN_CODE = /^[A-Z][A-Z0-9_]{0,59}$/

/**
 * Accepts anything that can be thrown; never throws. `about`: further facts for debugging, such as
 * the version. The log relies on the format of the details: the first line has a plain name, a code
 * if there is one, and the whole message; then come the lines of the stack; then an empty line and
 * `about`.
 */
export function problemOf(fault: unknown, about: string): Problem {
  const { name, code, message, stack } = read(fault)
  const words = QUOTING.has(name) ? 'what was read is not in its form' : message.trim()
  const [kind, ...said] = PLAIN_NAME.test(name) ? [name, words] : ['Thrown', name, words]
  const head = [kind + (PLAIN_CODE.test(code) ? ` [${code}]` : ''), ...said].filter(Boolean)
  // `about` has priority over the end of a long stack.
  const room = MAX_PROBLEM_DETAILS_CHARS - about.length - 2
  const lines = [inOneLine(head.join(': ')), ...framesOf(stack, name, message)]
  const details = `${lines.join('\n').slice(0, Math.max(0, room))}\n\n${about}`
  return {
    message: (QUOTING.has(name) ? `${name}: ${words}` : words || name || 'unknown').slice(
      0,
      MAX_PROBLEM_CHARS,
    ),
    details: details.slice(0, MAX_PROBLEM_DETAILS_CHARS),
  }
}

/** Returns a key that is equal for repeats of a problem: same message, same line of code. */
export function problemKey({ message, details }: Problem): string {
  const [, place = ''] = details.split('\n', 2)
  return `${message}\n${place}`
}

/** Removes the full stop, for use within a sentence. */
export function withoutStop(message: string): string {
  return message.replace(/[.\s]+$/, '')
}

/**
 * Returns the stack's lines after the message, which may contain lines that look like them. Returns
 * none if the stack does not begin with the message, because that was changed later.
 */
function framesOf(stack: string, name: string, message: string): string[] {
  const [header = ''] = HEADER.exec(stack) ?? []
  const starts = [`${header}${message}`, `${name}: ${message}`, message].filter((start) =>
    stack.startsWith(start),
  )
  const rests = starts.map((start) => stack.slice(start.length))
  const after = rests.find((rest) => rest === '' || rest.startsWith('\n'))
  const lines = (after ?? stack).split('\n').filter((line) => line.trim() !== '')
  // Firefox and Safari do not put the message there.
  const isSound = after !== undefined || lines.every((line) => FRAME.test(line))
  return isSound ? lines.filter((line) => FRAME.test(line)) : []
}

function inOneLine(text: string): string {
  return text.replace(/\s*[\n\r\u2028\u2029]\s*/g, ' ')
}

interface FaultParts {
  name: string
  code: string
  message: string
  stack: string
}

function read(fault: unknown): FaultParts {
  try {
    if (typeof fault === 'object' && fault !== null) {
      const { name, code, message, stack } = fault as Record<string, unknown>
      if (typeof message === 'string' || typeof stack === 'string') {
        return { name: text(name), code: text(code), message: text(message), stack: text(stack) }
      }
      return wordsAlone('A value that is no error was thrown.')
    }
    return wordsAlone(String(fault))
  } catch {
    return wordsAlone('A value that cannot be read was thrown.')
  }
}

function wordsAlone(message: string): FaultParts {
  return { name: '', code: '', message, stack: '' }
}

function text(value: unknown): string {
  return typeof value === 'string' ? value : ''
}
