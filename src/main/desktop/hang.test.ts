import { EventEmitter } from 'node:events'
import type { WebContents } from 'electron'
import { beforeEach, expect, it, vi } from 'vitest'
import { askWhenHung } from './hang'

let contents: EventEmitter
/** The dialogs that were opened, each with a function to answer it. */
let questions: { signal: AbortSignal; answer(answer: 'wait' | 'reload'): void }[]
let restarts: number

beforeEach(() => {
  contents = new EventEmitter()
  ;[questions, restarts] = [[], 0]
  askWhenHung({
    contents: contents as unknown as WebContents,
    ask: (signal) =>
      new Promise((answer) => {
        questions.push({ signal, answer })
        // Like the native dialog, an aborted one resolves to its cancel button.
        signal.addEventListener('abort', () => answer('wait'))
      }),
    restart: () => {
      restarts++
    },
    warn: () => {},
  })
})

it('asks once, and reloads where that is wanted', async () => {
  contents.emit('unresponsive')
  contents.emit('unresponsive')
  expect(questions).toHaveLength(1)
  questions[0]?.answer('reload')
  await vi.waitFor(() => expect(restarts).toBe(1))
})

it('asks again at the next report when the person waits', async () => {
  contents.emit('unresponsive')
  questions[0]?.answer('wait')
  await vi.waitFor(() => {
    contents.emit('unresponsive')
    expect(questions).toHaveLength(2)
  })
  expect(restarts).toBe(0)
})

it.each(['responsive', 'render-process-gone', 'destroyed'])(
  'takes the question away when the page is %s',
  async (event) => {
    contents.emit('unresponsive')
    contents.emit(event)
    expect(questions[0]?.signal.aborted).toBe(true)
    questions[0]?.answer('reload')
    contents.emit('unresponsive')
    expect(questions).toHaveLength(2)
    expect(questions[1]?.signal.aborted).toBe(false)
    await new Promise(setImmediate)
    expect(restarts).toBe(0)
  },
)
