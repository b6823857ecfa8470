// What the setup of all tests finds left behind: this is tried on resources that the test itself ends afterwards.
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { connect, createServer } from 'node:net'
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
  ] as const)('is %s', async (name, begin, end) => {
    const before = running()
    const timer = begin()
    await expect(ensureNothingLeft(before, 0)).rejects.toThrow(name)
    end(timer)
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
