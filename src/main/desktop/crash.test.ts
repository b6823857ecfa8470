import { EventEmitter } from 'node:events'
import type { WebContents } from 'electron'
import { beforeEach, expect, it, vi } from 'vitest'
import { recoverFromCrashes } from './crash'

class FakeContents extends EventEmitter {
  reloads = 0
  isDestroyed = () => false
  reload() {
    this.reloads++
  }
}

let contents: FakeContents
let now: number
let asked: string[]
let answer: 'reload' | 'quit'
let quits: number

beforeEach(() => {
  contents = new FakeContents()
  ;[now, asked, answer, quits] = [0, [], 'reload', 0]
  recoverFromCrashes({
    contents: contents as unknown as WebContents,
    ask: async (reason) => {
      asked.push(reason)
      return answer
    },
    quit: () => {
      quits++
    },
    warn: () => {},
    nowMs: () => now,
  })
})

const crash = (reason = 'crashed') => contents.emit('render-process-gone', {}, { reason })

it('reloads a page that crashed, without a question', async () => {
  crash()
  await vi.waitFor(() => expect(contents.reloads).toBe(1))
  now = 61_000
  crash('oom')
  await vi.waitFor(() => expect(contents.reloads).toBe(2))
  expect({ asked, quits }).toEqual({ asked: [], quits: 0 })
})

it.each([
  ['reload', 2, 0],
  ['quit', 1, 1],
] as const)('asks at the second crash within a minute: %s', async (choice, reloads, ends) => {
  answer = choice
  crash()
  await vi.waitFor(() => expect(contents.reloads).toBe(1))
  now = 59_000
  crash('killed')
  await vi.waitFor(() =>
    expect({ reloads: contents.reloads, quits }).toEqual({ reloads, quits: ends }),
  )
  expect(asked).toEqual(['killed'])
})

it('leaves a page alone that ended as it should', async () => {
  crash('clean-exit')
  await new Promise(setImmediate)
  expect(contents.reloads).toBe(0)
})
