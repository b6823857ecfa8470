// What the setup of all tests finds left behind, tried on resources that the test itself ends afterwards.
import { spawn } from 'node:child_process'
import { EventEmitter, once } from 'node:events'
import { unwatchFile, watch, watchFile } from 'node:fs'
import { connect, createServer } from 'node:net'
import { tmpdir } from 'node:os'
import * as timers from 'node:timers'
import { setTimeout as wait } from 'node:timers/promises'
import { Worker } from 'node:worker_threads'
import { describe, expect, it } from 'vitest'
import { ensureNothingLeft, running } from './leaks'

const LONG_MS = 60_000

describe('what a test leaves behind', () => {
  it('is nothing where everything has ended', async () => {
    const before = running()
    clearTimeout(setTimeout(() => {}, LONG_MS))
    clearInterval(setInterval(() => {}, LONG_MS))
    const server = createServer().listen(0, '127.0.0.1')
    await once(server, 'listening')
    server.close()
    const child = spawn(process.execPath, ['--version'], { stdio: 'ignore' })
    await once(child, 'exit')
    await ensureNothingLeft(before)
  })

  it('may take a moment to close', async () => {
    const before = running()
    const server = createServer().listen(0, '127.0.0.1')
    await once(server, 'listening')
    setTimeout(() => server.close(), 1)
    await ensureNothingLeft(before)
  })

  it.each([
    ['a timeout of 60000 ms', () => setTimeout(() => {}, LONG_MS), clearTimeout],
    ['an interval of 60000 ms', () => setInterval(() => {}, LONG_MS).unref(), clearInterval],
    ['a timeout of 60001 ms', () => timers.setTimeout(() => {}, LONG_MS + 1), timers.clearTimeout],
    [
      'an interval of 60001 ms',
      () => timers.setInterval(() => {}, LONG_MS + 1),
      timers.clearInterval,
    ],
  ] as const)('is %s', async (name, begin, end) => {
    const before = running()
    const timer = begin()
    await expect(ensureNothingLeft(before, 0)).rejects.toThrow(name)
    end(timer)
  })

  it('is a promised timeout, until it is aborted', async () => {
    const before = running()
    const controller = new AbortController()
    const waiting = wait(LONG_MS, undefined, { signal: controller.signal })
    await expect(ensureNothingLeft(before, 0)).rejects.toThrow('a timeout of 60000 ms')
    controller.abort()
    await expect(waiting).rejects.toThrow('aborted')
    await ensureNothingLeft(before)
  })

  it('is a loop of immediates, but no single one', async () => {
    const before = running()
    setImmediate(() => {})
    await ensureNothingLeft(before, 0)
    let immediate: NodeJS.Immediate | undefined
    const loop = () => {
      immediate = setImmediate(loop)
    }
    loop()
    const problem: Error = await ensureNothingLeft(before, 0).then(
      () => new Error('Nothing was found.'),
      (error) => error,
    )
    clearImmediate(immediate)
    expect(problem.message).toMatch(/a loop of immediates.*:\n.*loop .*leaks[.]test[.]ts/)
    await ensureNothingLeft(before)
  })

  it('is a worker', async () => {
    const before = running()
    const worker = new Worker('setInterval(() => {}, 1_000_000)', { eval: true })
    await once(worker, 'online')
    await expect(ensureNothingLeft(before, 0)).rejects.toThrow('a worker')
    await worker.terminate()
    await ensureNothingLeft(before)
  })

  it('is a file watcher', async () => {
    const before = running()
    const watcher = watch(tmpdir())
    await expect(ensureNothingLeft(before, 0)).rejects.toThrow('a file watcher')
    watcher.close()
    watchFile(tmpdir(), () => {})
    await expect(ensureNothingLeft(before, 0)).rejects.toThrow('a file watcher')
    unwatchFile(tmpdir())
    await ensureNothingLeft(before)
  })

  it('is each of many listeners, also when those that have ended are forgotten', async () => {
    const shared = new EventEmitter()
    const listener = () => {}
    for (let round = 0; round < 120; round++) {
      const before = running()
      shared.on('news', listener)
      await expect(ensureNothingLeft(before, 0)).rejects.toThrow('a listener to "news"')
      shared.off('news', listener)
    }
  })

  it.each(['on', 'once', 'prependListener', 'prependOnceListener'] as const)(
    'is a listener added with `%s` to an emitter that is older than the test',
    async (add) => {
      const shared = new EventEmitter()
      const before = running()
      const listener = () => {}
      shared[add]('news', listener)
      await expect(ensureNothingLeft(before, 0)).rejects.toThrow(
        'a listener to "news" of EventEmitter',
      )
      shared.off('news', listener)
      await ensureNothingLeft(before)
    },
  )

  it('is no listener on an emitter of the test itself, nor one that was called once', async () => {
    const shared = new EventEmitter()
    const before = running()
    new EventEmitter().on('news', () => {})
    shared.once('news', () => {})
    shared.emit('news')
    await ensureNothingLeft(before, 0)
  })

  it('is a listener on this process', async () => {
    const before = running()
    const listener = () => 'a listener of this test'
    process.on('exit', listener)
    await expect(ensureNothingLeft(before, 0)).rejects.toThrow('a listener of this test')
    process.off('exit', listener)
    await ensureNothingLeft(before)
  })

  it('is a server, a socket of either side, and a child process, with the place where each began', async () => {
    const before = running()
    const server = createServer().listen(0, '127.0.0.1')
    await once(server, 'listening')
    const address = server.address()
    if (address === null || typeof address === 'string') throw new Error('No port was given.')
    const socket = connect(address.port, '127.0.0.1')
    const [accepted] = await once(server, 'connection')
    const child = spawn(process.execPath, ['--eval', 'setInterval(() => {}, 1000)'])
    const problem: Error = await ensureNothingLeft(before, 0).then(
      () => new Error('Nothing was found.'),
      (error) => error,
    )
    for (const name of [
      'a server',
      'a socket',
      'a socket that a server accepted',
      'a child process',
    ]) {
      expect(problem.message).toContain(`${name}, begun here:\n`)
    }
    expect(problem.message).toContain('tests/leaks.test.ts')
    child.kill('SIGKILL')
    await once(child, 'exit')
    for (const each of [socket, accepted]) each.destroy()
    server.close()
    await once(server, 'close')
  })
})
