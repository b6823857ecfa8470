// Starting and ending: what a person at a terminal sees of either shell, and that nothing stays behind.
import { type ChildProcess, spawn } from 'node:child_process'
import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { connect, createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, inject, it } from 'vitest'
import { appTest, desktopArguments, electronPath, ROOT, withDesktopApp } from './app'

const shell = inject('shell')
const test = appTest({ latencyMs: 0 })

interface Ending {
  code: number | null
  out: string
  err: string
}

const started: ChildProcess[] = []
afterEach(() => {
  for (const child of started.splice(0)) child.kill('SIGKILL')
})

/** A program that was started, with what it has written so far and how it ends. */
function start(program: string, args: string[]) {
  const child = spawn(program, args, { cwd: ROOT, stdio: ['ignore', 'pipe', 'pipe'] })
  started.push(child)
  const written = { out: '', err: '' }
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    written.out += text
  })
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    written.err += text
  })
  const ended = new Promise<Ending>((resolve) =>
    child.once('close', (code) => resolve({ code, ...written })),
  )
  return { child, written, ended }
}

const host = (...args: string[]) => start(process.execPath, ['out/main/headless.cjs', ...args])

async function takePort() {
  const server = createServer()
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const address = server.address()
  if (address === null || typeof address === 'string') throw new Error('No port was given.')
  return { port: address.port, free: () => server.close() }
}

function isOpen(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1')
    socket.once('connect', () => resolve(true))
    socket.once('error', () => resolve(false))
    socket.once('close', () => socket.destroy())
  })
}

describe.runIf(shell === 'browser')('the headless host', () => {
  it('prints exactly two lines, and a signal closes everything and ends it with code 0', async () => {
    const { child, written, ended } = host('--proxy-port', '0', '--no-open')
    await expect.poll(() => written.out, { timeout: 20_000 }).toMatch(/Proxy: .*\n/)
    const lines =
      /^Roundabout: http:\/\/127\.0\.0\.1:(\d+)\/\?token=[0-9a-f]{32,}\nProxy: 127\.0\.0\.1:(\d+)\n$/
    expect(written.out).toMatch(lines)
    const [, webPort, proxyPort] = written.out.match(lines) ?? []
    expect(await isOpen(Number(proxyPort))).toBe(true)

    // Ctrl+C reaches it from the terminal and from npm.
    child.kill('SIGINT')
    child.kill('SIGINT')
    expect(await ended).toMatchObject({ code: 0, err: '' })
    expect(await isOpen(Number(webPort))).toBe(false)
    expect(await isOpen(Number(proxyPort))).toBe(false)
  })

  it.each(['--port', '--proxy-port'])('says so when the port of %s is taken', async (option) => {
    const { port, free } = await takePort()
    const others = option === '--port' ? ['--proxy-port', '0'] : []
    const { code, out, err } = await host(option, String(port), '--no-open', ...others).ended
    free()
    expect({ code, out }).toEqual({ code: 1, out: '' })
    expect(err).toContain(`Port ${port} is in use`)
    expect(err.trim().split('\n')).toHaveLength(1)
  })

  it('names an option that it does not know', async () => {
    const { code, err } = await host('--prot', '1').ended
    expect({ code, err }).toEqual({ code: 2, err: expect.stringContaining('"--prot"') })
  })

  test('serves several windows at once, and sends a stale address away', async ({ app }) => {
    const second = await app.page.context().newPage()
    await second.goto(app.url ?? '')
    await app.page.getByRole('button', { name: 'Add server', exact: true }).click()
    for (const page of [app.page, second]) {
      await page.getByRole('button', { name: /^Server 500,/ }).waitFor()
    }
    await second.goto((app.url ?? '').replace(/token=.*/, 'token=0'))
    await second.getByText('Look in the terminal').waitFor()
  })
})

describe.runIf(shell === 'desktop')('the desktop app', () => {
  let profile: string
  beforeEach(async () => {
    profile = await mkdtemp(join(tmpdir(), 'roundabout-lifecycle-'))
  })
  afterEach(() => rm(profile, { recursive: true, force: true }))

  const place = async () => JSON.parse(await readFile(join(profile, 'window.json'), 'utf8'))

  it('remembers its size and place', async () => {
    await withDesktopApp({ profile }, async ({ electron }) => {
      await electron?.evaluate(({ BrowserWindow }) =>
        BrowserWindow.getAllWindows()[0]?.setBounds({ x: 60, y: 50, width: 1000, height: 700 }),
      )
      await expect
        .poll(() =>
          electron?.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.getSize()),
        )
        .toEqual([1000, 700])
    })
    const saved = await place()
    expect(saved).toMatchObject({ width: 1000, height: 700, maximized: false })

    await withDesktopApp({ profile }, async ({ electron }) => {
      const size = await electron?.evaluate(({ BrowserWindow }) =>
        BrowserWindow.getAllWindows()[0]?.getSize(),
      )
      expect(size).toEqual([1000, 700])
    })
  })

  it('is one: a second start ends at once and says why', async () => {
    await withDesktopApp({ profile }, async ({ electron }) => {
      const { code, err } = await start(electronPath(), desktopArguments(profile, {})).ended
      expect(code).toBe(0)
      expect(err).toContain('Roundabout is running already')
      expect(electron?.windows()).toHaveLength(1)
    })
  })

  it('ends on a signal with code 0', async () => {
    const { child, ended } = start(electronPath(), desktopArguments(profile, {}))
    await new Promise((resolve) => child.stderr?.once('data', resolve))
    await expect.poll(() => exists(join(profile, 'Local Storage')), { timeout: 30_000 }).toBe(true)
    child.kill('SIGTERM')
    expect((await ended).code).toBe(0)
  })

  it('says so when the port asked for is taken', async () => {
    const { port, free } = await takePort()
    const args = [...desktopArguments(profile, {}).slice(0, -2), '--proxy-port', String(port)]
    const { written } = start(electronPath(), args)
    // An error box stays open until somebody has read it; the terminal has the same sentence at once.
    await expect.poll(() => written.err, { timeout: 30_000 }).toContain(`Port ${port} is in use`)
    free()
  })
})

async function exists(path: string): Promise<boolean> {
  return readFile(path).then(
    () => true,
    (error: NodeJS.ErrnoException) => error.code !== 'ENOENT',
  )
}
