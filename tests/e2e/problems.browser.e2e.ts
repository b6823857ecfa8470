// Errors of the headless host that end it, or that no open window can show.
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { CODE_RUNNER, newCodePipe, runByPipe } from './code-pipe'
import { start } from './programs'

describe('the headless host', () => {
  let folder: string
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'roundabout-problems-'))
  })
  afterEach(() => rm(folder, { recursive: true, force: true }))

  const host = async () => {
    const pipe = newCodePipe()
    const own = ['--recordings', join(folder, 'recordings'), '--logs', join(folder, 'logs')]
    const args = ['out/main/headless.cjs', '--port', '0', '--proxy-port', '0', '--no-open', ...own]
    const started = start(process.execPath, ['--require', CODE_RUNNER, ...args], {
      CODE_PIPE: pipe,
    })
    await expect.poll(() => started.written.out, { timeout: 20_000 }).toMatch(/Proxy: .*\n/)
    return { ...started, run: (code: string) => runByPipe(pipe, code) }
  }

  it('ends where faults do not stop coming, in words, and keeps what was recorded', async () => {
    const { run, ended } = await host()
    const recordings = () => readdir(join(folder, 'recordings')).catch(() => [])
    await expect.poll(recordings, { timeout: 20_000 }).not.toEqual([])
    await run("setInterval(() => { throw new Error('The tap drips.') })")
    const { code, err } = await ended
    expect(code).toBe(1)
    expect(err).toContain(
      'Something keeps going wrong in the engine: The tap drips. Roundabout ends',
    )
    expect(await recordings()).not.toEqual([])
  })

  it('goes on when nobody reads any more what it writes, and logs one fault once', async () => {
    const { child, run, ended } = await host()
    child.stdout?.destroy()
    child.stderr?.destroy()
    await run("setImmediate(() => { throw new Error('The tap drips.') })")
    await run("console.log('one'); console.error('two')")
    const log = () => readFile(join(folder, 'logs/main.log'), 'utf8')
    await expect.poll(log, { timeout: 20_000 }).toContain('The engine had a fault: Error (')
    child.kill('SIGTERM')
    expect((await ended).code).toBe(0)
    expect((await log()).match(/The engine had a fault/g)).toHaveLength(1)
  })
})
