import { EventEmitter } from 'node:events'
import type { App } from 'electron'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { closeBeforeQuit } from './shutdown'

/**
 * Simulates how Electron's app quits: `quit` raises will-quit, and ends the process unless a
 * handler prevents it. During that event and its microtasks another `quit` is ignored.
 */
class FakeApp extends EventEmitter {
  ended = false
  #asking = false
  quit() {
    if (this.#asking) return
    this.#asking = true
    let objected = false
    this.emit('will-quit', {
      preventDefault: () => {
        objected = true
      },
    })
    setImmediate(() => {
      this.#asking = false
    })
    this.ended = !objected
  }
}

let app: FakeApp
let closes: number
let warnings: string[]
let closed: PromiseWithResolvers<void>

beforeEach(() => {
  vi.useFakeTimers()
  app = new FakeApp()
  ;[closes, warnings, closed] = [0, [], withResolvers()]
  closeBeforeQuit(
    app as unknown as App,
    () => {
      closes++
      return closed.promise
    },
    (text) => warnings.push(text),
  )
})
afterEach(() => vi.useRealTimers())

function withResolvers(): PromiseWithResolvers<void> {
  let resolve: () => void = () => {}
  let reject: (reason: unknown) => void = () => {}
  const promise = new Promise<void>((yes, no) => {
    resolve = yes
    reject = no
  })
  return { promise, resolve, reject }
}

interface PromiseWithResolvers<T> {
  promise: Promise<T>
  resolve: () => void
  reject: (reason: unknown) => void
}

describe('closeBeforeQuit', () => {
  it('ends only when every socket has closed', async () => {
    app.emit('window-all-closed')
    await vi.advanceTimersByTimeAsync(0)
    expect({ closes, ended: app.ended }).toEqual({ closes: 1, ended: false })
    closed.resolve()
    await vi.advanceTimersByTimeAsync(10)
    expect(app.ended).toBe(true)
  })

  it('ends when there was nothing to wait for', async () => {
    closed.resolve()
    app.quit()
    await vi.advanceTimersByTimeAsync(10)
    expect(app.ended).toBe(true)
  })

  it('closes once, however often it is asked', async () => {
    app.quit()
    app.quit()
    expect({ closes, ended: app.ended }).toEqual({ closes: 1, ended: false })
  })

  it('ends and says so when closing fails', async () => {
    app.quit()
    closed.reject(new Error('busy'))
    await vi.advanceTimersByTimeAsync(10)
    expect(app.ended).toBe(true)
    expect(warnings).toEqual([expect.stringContaining('busy')])
  })

  it('does not wait for ever for a socket', async () => {
    app.quit()
    await vi.advanceTimersByTimeAsync(3_010)
    expect(app.ended).toBe(true)
    expect(warnings).toEqual(['The sockets did not close in time.'])
  })
})
