// A fault that nobody had thought of, as a problem: what it says and where it arose, bounded, and without what somebody
// has typed or sent.
import type { Problem } from './contract'
import { MAX_PROBLEM_CHARS, MAX_PROBLEM_DETAILS_CHARS } from './limits'

/** Faults that quote what was read, which may be a message's text. */
const QUOTING = new Set(['SyntaxError', 'ValiError'])
/** A line of a stack, as Chromium and Node write it (`at …`), or Firefox and Safari (`…@…:1:2`). */
const FRAME = /^\s*at |@.*:\d+:\d+$/

/** `about`: what else helps whoever mends it, such as the version. Takes anything that can be thrown, and never throws. */
export function problemOf(fault: unknown, about: string): Problem {
  const { name, message, stack } = read(fault)
  const words = QUOTING.has(name) ? 'what was read is not in its form' : message.trim()
  const frames = stack.split('\n').filter((line) => FRAME.test(line))
  const head = [name, words].filter(Boolean).join(': ')
  // What it is about comes first where there is not room for all of a long stack.
  const room = MAX_PROBLEM_DETAILS_CHARS - about.length - 2
  const details = `${[head, ...frames].join('\n').slice(0, Math.max(0, room))}\n\n${about}`
  return {
    message: (QUOTING.has(name) ? head : words || name || 'unknown').slice(0, MAX_PROBLEM_CHARS),
    details: details.slice(0, MAX_PROBLEM_DETAILS_CHARS),
  }
}

/** Two problems with the same key are one that has happened twice: same words, same place. */
export function keyOf({ message, details }: Problem): string {
  const [, place = ''] = details.split('\n', 2)
  return `${message}\n${place}`
}

/** The words in the middle of a sentence of ours: without a full stop of their own. */
export function withoutStop(message: string): string {
  return message.replace(/[.\s]+$/, '')
}

function read(fault: unknown): { name: string; message: string; stack: string } {
  try {
    if (typeof fault === 'object' && fault !== null) {
      const { name, message, stack } = fault as Record<string, unknown>
      if (typeof message === 'string' || typeof stack === 'string') {
        return { name: text(name), message: text(message), stack: text(stack) }
      }
      return { name: '', message: `A value that is no error was thrown.`, stack: '' }
    }
    return { name: '', message: String(fault), stack: '' }
  } catch {
    return { name: '', message: 'A value that cannot be read was thrown.', stack: '' }
  }
}

function text(value: unknown): string {
  return typeof value === 'string' ? value : ''
}
