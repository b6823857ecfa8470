// A fault that nobody had thought of, as a problem: what it says and where it arose, bounded, and without what somebody
// has typed or sent.
import type { Problem } from './contract'
import { MAX_PROBLEM_CHARS, MAX_PROBLEM_DETAILS_CHARS } from './limits'

/** Faults that quote what was read, which may be a message's text. */
const QUOTING = new Set(['SyntaxError', 'ValiError'])
/** A line of a stack, as Chromium and Node write it (`at …`), or Firefox and Safari (`…@…:1:2`). */
const FRAME = /^\s*at |^[^:@]*@.*:\d+:\d+$/
/** What a stack begins with before the message: `Name: `, `Name [CODE]: `, or nothing. */
const HEADER = /^[\w$.]+(?: \[\w+\])?(?:: )?/
const PLAIN_NAME = /^[A-Za-z_$][\w$]{0,59}$/
const PLAIN_CODE = /^[A-Z][A-Z0-9_]{0,59}$/

/**
 * `about`: what else helps whoever mends it, such as the version. Takes anything that can be thrown, and never throws.
 * The details have a form that the log relies on: the first line is a plain name, with a code where there is one, and all of
 * the words; then the lines of the stack and nothing else; then an empty line, and what it is about.
 */
export function problemOf(fault: unknown, about: string): Problem {
  const { name, code, message, stack } = read(fault)
  const words = QUOTING.has(name) ? 'what was read is not in its form' : message.trim()
  const [kind, ...said] = PLAIN_NAME.test(name) ? [name, words] : ['Thrown', name, words]
  const head = [kind + (PLAIN_CODE.test(code) ? ` [${code}]` : ''), ...said].filter(Boolean)
  // What it is about comes first where there is not room for all of a long stack.
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

/** Two problems with the same key are one that has happened twice: same words, same place. */
export function problemKey({ message, details }: Problem): string {
  const [, place = ''] = details.split('\n', 2)
  return `${message}\n${place}`
}

/** The words in the middle of a sentence of ours: without a full stop of their own. */
export function withoutStop(message: string): string {
  return message.replace(/[.\s]+$/, '')
}

/**
 * The lines of the stack that come after the message, which may have lines that look like them. None where the stack begins
 * with other words than the message, as it does where that was changed later.
 */
function framesOf(stack: string, name: string, message: string): string[] {
  const [header = ''] = HEADER.exec(stack) ?? []
  const starts = [`${header}${message}`, `${name}: ${message}`, message].filter((start) =>
    stack.startsWith(start),
  )
  const rests = starts.map((start) => stack.slice(start.length))
  const after = rests.find((rest) => rest === '' || rest.startsWith('\n'))
  const lines = (after ?? stack).split('\n').filter((line) => line.trim() !== '')
  // Firefox and Safari write no message there.
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
