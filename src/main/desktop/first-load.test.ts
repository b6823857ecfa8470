import { EventEmitter } from 'node:events'
import { describe, expect, it } from 'vitest'
import { loadFirst } from './first-load'

/** A window whose load ends with the given error, as Electron’s `loadURL` reports it. */
class FakeWindow extends EventEmitter {
  private reject: (error: Error) => void = () => {}

  loadURL(): Promise<void> {
    return new Promise((_, reject) => {
      this.reject = reject
    })
  }

  failWith(code: string, errno: number): void {
    const error = new Error(`${code} (${errno}) loading 'app://lab/'`)
    this.reject(Object.assign(error, { code, errno }))
  }
}

function load(): { window: FakeWindow; loaded: Promise<void> } {
  const window = new FakeWindow()
  const loaded = loadFirst(window, 'app://lab/')
  return { window, loaded }
}

describe('the first load of the page', () => {
  it('rejects if the page cannot be loaded', async () => {
    const { window, loaded } = load()
    window.failWith('ERR_FILE_NOT_FOUND', -6)
    await expect(loaded).rejects.toThrow('ERR_FILE_NOT_FOUND')
  })

  it('ends without an error if another navigation takes its place', async () => {
    const { window, loaded } = load()
    window.failWith('ERR_ABORTED', -3)
    await expect(loaded).resolves.toBeUndefined()
  })

  it('ends without an error if the window closes meanwhile', async () => {
    const { window, loaded } = load()
    window.emit('close')
    window.failWith('ERR_FAILED', -2)
    await expect(loaded).resolves.toBeUndefined()
  })
})
