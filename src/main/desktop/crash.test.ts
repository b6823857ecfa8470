import { EventEmitter } from 'node:events'
import type { App, WebContents } from 'electron'
import { beforeEach, describe, expect, it, vi } from 'vitest'
import { logHelperEnds, type PageControl, recoverFromCrashes } from './crash'

class FakeContents extends EventEmitter {
  reloads = 0
  destroyed = false
  crashed = false
  isDestroyed = () => this.destroyed
  isCrashed = () => this.crashed
  reload() {
    this.reloads++
  }
  forcefullyCrashRenderer() {
    this.emit('render-process-gone', {}, { reason: 'killed' })
  }
}

let contents: FakeContents
let page: PageControl
let now: number
let asked: string[]
let returned: string[]
let warnings: string[]
let answer: 'reload' | 'quit'
let quits: number

beforeEach(() => {
  contents = new FakeContents()
  ;[now, asked, returned, warnings, answer, quits] = [0, [], [], [], 'reload', 0]
  page = recoverFromCrashes({
    contents: contents as unknown as WebContents,
    ask: async (reason) => {
      asked.push(reason)
      return answer
    },
    onReload: (reason) => returned.push(reason),
    quit: () => {
      quits++
    },
    warn: (text) => warnings.push(text),
    nowMs: () => now,
  })
})

const crash = (reason = 'crashed') => contents.emit('render-process-gone', {}, { reason })

describe('a page that crashed', () => {
  it('is reloaded without a question, and the person knows when it is back', async () => {
    crash()
    await vi.waitFor(() => expect(contents.reloads).toBe(1))
    expect(returned).toEqual([])
    contents.emit('did-finish-load')
    now = 61_000
    crash('oom')
    await vi.waitFor(() => expect(contents.reloads).toBe(2))
    contents.emit('did-finish-load')
    contents.emit('did-finish-load')
    expect({ asked, quits, returned }).toEqual({
      asked: [],
      quits: 0,
      returned: ['crashed', 'oom'],
    })
  })

  it.each([
    ['reload', 2, 0],
    ['quit', 1, 1],
  ] as const)(
    'is asked about at the second crash within a minute: %s',
    async (choice, reloads, ends) => {
      answer = choice
      crash()
      await vi.waitFor(() => expect(contents.reloads).toBe(1))
      contents.emit('did-finish-load')
      now = 59_000
      crash('killed')
      await vi.waitFor(() =>
        expect({ reloads: contents.reloads, quits }).toEqual({ reloads, quits: ends }),
      )
      contents.emit('did-finish-load')
      expect({ asked, returned }).toEqual({ asked: ['killed'], returned: ['crashed'] })
    },
  )

  it('is left alone where it ended as it should', async () => {
    crash('clean-exit')
    await new Promise(setImmediate)
    expect(contents.reloads).toBe(0)
  })
})

describe('a page that is restarted', () => {
  it('is loaded anew, and that is no crash', async () => {
    page.restart()
    await vi.waitFor(() => expect(contents.reloads).toBe(1))
    contents.emit('did-finish-load')
    expect({ asked, returned, warnings }).toEqual({ asked: [], returned: [], warnings: [] })
    crash()
    await vi.waitFor(() => expect(contents.reloads).toBe(2))
    expect(asked).toEqual([])
  })

  it.each(['destroyed', 'crashed'] as const)(
    'is left alone where it is %s already',
    async (state) => {
      contents[state] = true
      page.restart()
      await new Promise(setImmediate)
      expect(contents.reloads).toBe(0)
    },
  )
})

it('logs when a helper process ends', () => {
  const app = new EventEmitter()
  logHelperEnds(app as unknown as App, (text) => warnings.push(text))
  app.emit('child-process-gone', {}, { type: 'GPU', reason: 'crashed', exitCode: 11 })
  app.emit('child-process-gone', {}, { type: 'Utility', name: 'x', reason: 'clean-exit' })
  expect(warnings).toEqual(['A helper process of the window (GPU) ended: crashed, code 11.'])
})
