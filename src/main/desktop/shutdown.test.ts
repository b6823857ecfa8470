import { EventEmitter } from 'node:events'
import type { App, BrowserWindow } from 'electron'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { askBeforeClosing, closeBeforeQuit } from './shutdown'

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

function withResolvers<T>(): PromiseWithResolvers<T> {
  let resolve: (value: T) => void = () => {}
  let reject: (reason: unknown) => void = () => {}
  const promise = new Promise<T>((yes, no) => {
    resolve = yes
    reject = no
  })
  return { promise, resolve, reject }
}

interface PromiseWithResolvers<T> {
  promise: Promise<T>
  resolve: (value: T) => void
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

describe('askBeforeClosing', () => {
  let window: EventEmitter
  let asked: PromiseWithResolvers<boolean>[]
  let loss: string
  let isSignalled: boolean
  let quits: number

  beforeEach(() => {
    ;[window, asked, loss, isSignalled, quits] = [
      new EventEmitter(),
      [],
      'The class ends.',
      false,
      0,
    ]
    askBeforeClosing({
      app: { quit: () => void quits++ },
      window: window as unknown as BrowserWindow,
      atStake: () => loss,
      ask: () => {
        const answer = withResolvers<boolean>()
        asked.push(answer)
        return answer.promise
      },
      isSignalled: () => isSignalled,
    })
  })

  /** Returns whether the window closes. */
  function close(): boolean {
    const preventDefault = vi.fn()
    window.emit('close', { preventDefault })
    return preventDefault.mock.calls.length === 0
  }

  it('asks once while something is at stake, and quits on yes', async () => {
    expect([close(), close()]).toEqual([false, false])
    expect(asked).toHaveLength(1)
    asked[0]?.resolve(false)
    await vi.advanceTimersByTimeAsync(0)
    expect({ quits, closes: close() }).toEqual({ quits: 0, closes: false })
    asked[1]?.resolve(true)
    await vi.advanceTimersByTimeAsync(0)
    expect({ quits, closes: close() }).toEqual({ quits: 1, closes: true })
  })

  it('asks nobody if nothing is at stake, or after a signal', () => {
    isSignalled = true
    expect(close()).toBe(true)
    isSignalled = false
    loss = ''
    expect(close()).toBe(true)
    expect(asked).toEqual([])
  })
})
