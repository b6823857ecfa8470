import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { problemOf } from '../../shared/problem'
import { problemText } from './problem'

const MARKER = 'SECRETPAYLOAD'
const ABOUT = 'Roundabout 1.2.3, engine, linux x64, Node 20.20.0'

const said = (fault: unknown, about = ABOUT) => problemText(problemOf(fault, about))

function caught(work: () => unknown): unknown {
  try {
    return work()
  } catch (error) {
    return error
  }
}

/** The stack is captured before the message changes. */
function changed(error: Error, fields: object): Error {
  return error.stack === '' ? error : Object.assign(error, fields)
}

describe('what the log says of a fault', () => {
  it('is its name, its code, the program and where it was', () => {
    const text = said(caught(() => Buffer.from(1 as never)))
    expect(text).toMatch(
      /^TypeError \[ERR_INVALID_ARG_TYPE\] \(Roundabout 1\.2\.3, engine, .*\) at /,
    )
    expect(text).toMatch(
      / at .*\((node:buffer|node:internal\/buffer):\d+:\d+\) at .*problem\.test\.ts:\d+:\d+/,
    )
  })

  it.each([
    [
      'of Node',
      () => caught(() => Buffer.from(MARKER as never, {} as never).copy(MARKER as never)),
    ],
    ['of the language', () => caught(() => new Intl.NumberFormat('de', { currency: MARKER }))],
    ['of JSON', () => caught(() => JSON.parse(`${MARKER} "one" and\n"two"`))],
    ['of an engine that names it', () => new Error(`no node ${MARKER}`)],
    ['with a name of more than a word', () => changed(new Error('x'), { name: `${MARKER} x` })],
    ['with a code of more than a word', () => changed(new Error('x'), { code: `${MARKER} x` })],
    [
      'changed later',
      () => changed(new Error(`x\n    at ${MARKER} (file:///a:1:1)`), { message: 'y' }),
    ],
    ['that is a text', () => `${MARKER}: ${MARKER}\n    at ${MARKER} (file:///a.js:1:1)`],
    ['that is another thing', () => ({ name: '', message: `${MARKER}: x`, stack: MARKER })],
  ])('has none of the words of one %s', (_, fault) => {
    const thrown = fault()
    const { stack } = thrown as Error
    expect(`${String(thrown)} ${JSON.stringify(thrown)} ${stack}`).toContain('SECRET')
    expect(said(thrown)).not.toMatch(/SECRET|one|two/)
  })

  it('has none of the words, whatever they look like', () => {
    const marked = fc.constantFrom(
      MARKER,
      `at ${MARKER}:1:1`,
      `    at ${MARKER} (file:///${MARKER}.js:1:1)`,
      `    at file:///${MARKER}.js:1:1`,
      `at ${MARKER} (/${MARKER}:1:1)`,
      `${MARKER}@http://127.0.0.1:1/${MARKER}.js:1:1`,
      `Error: ${MARKER}`,
      `${MARKER} [${MARKER}]: x`,
      `Roundabout 1.2.3, engine, ${MARKER}`,
      `("${MARKER}')`,
    )
    const parts = fc.oneof(marked, fc.string(), fc.constantFrom('', 'Error', 'at x (node:x:1:1)'))
    const breaks = fc.constantFrom('\n', '\r\n', '\n\n', '\r', '\u2028', ': ', ' ')
    const messages = fc
      .tuple(fc.array(fc.tuple(parts, breaks), { maxLength: 6 }), marked, parts)
      .map(([before, mark, after]) => [...before.flat(), mark, '\n', after].join(''))
    const kinds = fc.constantFrom(
      (message: string): unknown => new Error(message),
      (message: string) => changed(new RangeError(message), { code: 'ERR_X' }),
      (message: string) => changed(new Error(message), { name: 'Own' }),
      (message: string) => changed(new Error(message), { name: '' }),
      (message: string) => changed(new Error(message), { message: 'changed' }),
      (message: string) => message,
      (message: string) => ({ message }),
    )
    const abouts = fc.constantFrom(ABOUT, '', `at Canvas\n${ABOUT}`)
    fc.assert(
      fc.property(messages, kinds, abouts, (message, kind, about) => {
        expect(said(kind(message), about)).not.toContain(MARKER)
      }),
      { numRuns: 1_000 },
    )
  })

  it('has the places of every browser and system', () => {
    const frames = [
      'at Canvas (app://roundabout/assets/index-x1.js:10:2345)',
      'at async http://127.0.0.1:4100/assets/index.js:1:2',
      'at new Lab (C:\\Program Files (x86)\\Roundabout\\index.js:3:4)',
      'at Timeout.go [as _onTimeout] (/opt/My Lab/index.js:3:4)',
      'at Array.map (<anonymous>)',
    ]
    const stack = ['Error: x', ...frames].join('\n    ')
    expect(said({ name: 'Error', message: 'x', stack }, '')).toBe(`Error ${frames.join(' ')}`)
    const firefox = 'go/<@http://127.0.0.1:4100/assets/index.js:1:2'
    const page = `${frames[0]}\nRoundabout 1.2.3, window (browser), Mozilla/5.0 (X11)\nOpen: ${MARKER}`
    expect(said({ name: 'Error', message: 'x', stack: firefox }, page)).toBe(
      `Error (Roundabout 1.2.3, window (browser), Mozilla/5.0 (X11)) ${firefox} ${frames[0]}`,
    )
  })
})
