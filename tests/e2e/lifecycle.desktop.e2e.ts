// The desktop app from start to end: one window, its bounds remembered, and nothing left behind.

import { createHash } from 'node:crypto'
import { mkdtemp, readFile } from 'node:fs/promises'
import { connect } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { desktopArguments, withDesktopApp } from './app'
import { electronPath, ROOT } from './app-paths'
import { newCodePipe, runByPipe } from './code-pipe'
import { removeProfile } from './profile-folder'
import { start, takePort } from './programs'

/** The message of an outside client. */
const QUESTION = { type: 0, srcid: 50, privPoliId: 111, payloadsize: 5, payload: 'hello' }

describe('the desktop app', () => {
  let profile: string
  beforeEach(async () => {
    profile = await mkdtemp(join(tmpdir(), 'roundabout-lifecycle-'))
  })
  afterEach(() => removeProfile(profile))

  const place = async () => JSON.parse(await readFile(join(profile, 'window.json'), 'utf8'))

  it('remembers its size and place', async () => {
    await withDesktopApp({ profile }, async ({ electron }) => {
      // Before its first paint the window is hidden, and the system may show it with its first size.
      await expect
        .poll(() =>
          electron?.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.isVisible()),
        )
        .toBe(true)
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
    await withDesktopApp({ profile }, async ({ electron, page }) => {
      await page.getByRole('button', { name: 'Add server', exact: true }).waitFor()
      const child = electron?.process()
      const ended = new Promise((resolve) => child?.once('exit', resolve))
      child?.kill('SIGTERM')
      expect(await ended).toBe(0)
    })
  })

  it('is killed and fails its test, with its last lines, when it does not end once closed', async () => {
    let pid = 0
    const stuck = withDesktopApp({ profile, endsWithinMs: 500 }, async (app) => {
      pid = app.pid
      await app.electron?.evaluate(({ app }) => {
        app.on('before-quit', (event) => event.preventDefault())
        console.error('A box waits for a person.')
      })
    })
    await expect(stuck).rejects.toThrow(
      /^The app did not end within 500 ms of being closed\. It wrote last:\n[\s\S]*A box waits for a person\./,
    )
    expect(() => process.kill(pid, 0)).toThrow('ESRCH')
  })

  it('brings a page that crashed back, asking the second time, and the engine goes on', async () => {
    const { child, written, ended } = start(electronPath(), [
      '--require',
      join(ROOT, 'tests/e2e/crash-pages.cjs'),
      ...desktopArguments(profile, {}),
    ])
    await expect.poll(() => written.out, { timeout: 40_000 }).toContain('shown 3')
    child.kill('SIGTERM')
    const { code, out, err } = await ended
    expect(out.trim().split('\n')).toEqual([
      'shown 1',
      'shown 2: The window crashed and was reloaded. The lab went on meanwhile.',
      'asked',
      'shown 3',
    ])
    expect(err.match(/The window's page ended/g)).toHaveLength(2)
    expect(code).toBe(0)
  })

  it('asks about a page that does not answer and loads it anew, and the engine answers meanwhile', async () => {
    const pipe = newCodePipe()
    const { child, written, ended } = start(
      electronPath(),
      [
        '--require',
        join(ROOT, 'tests/e2e/hang-page.cjs'),
        ...desktopArguments(profile, { latencyMs: 0 }),
        '--logs',
        join(profile, 'logs'),
      ],
      { CODE_PIPE: pipe },
    )
    const asked = 'asked: The window does not answer: Wait, Reload'
    await expect.poll(() => written.out, { timeout: 60_000 }).toContain(asked)
    const [, port] = (await readFile(join(profile, 'logs/main.log'), 'utf8')).match(
      /proxy listens on 127\.0\.0\.1 port (\d+)/,
    ) ?? ['', '']
    expect(JSON.parse(await answerOf(Number(port), QUESTION))).toMatchObject({
      type: 2,
      payload: createHash('sha1').update('hello').digest('hex'),
    })

    await runByPipe(pipe, "press('Reload')")
    await expect.poll(() => written.out, { timeout: 40_000 }).toContain('shown 2')
    child.kill('SIGTERM')
    const { code, out, err } = await ended
    expect(out.trim().split('\n')).toEqual(['shown 1', asked, 'shown 2'])
    // A requested reload, not a crash.
    expect(err).not.toContain("The window's page ended")
    expect(code).toBe(0)
  }, 120_000)

  it('says so when the port asked for is taken', async () => {
    const port = await takePort()
    const args = [...desktopArguments(profile, {}).slice(0, -2), '--proxy-port', String(port)]
    const { written } = start(electronPath(), args)
    // An error dialog stays open until a person closes it; the terminal has the same sentence at
    // once.
    await expect.poll(() => written.err, { timeout: 30_000 }).toContain(`Port ${port} is in use`)
  })
})

/** Returns the proxy's answer to one message. */
async function answerOf(port: number, message: object): Promise<string> {
  const socket = connect(port, '127.0.0.1')
  socket.end(JSON.stringify(message))
  let text = ''
  for await (const piece of socket.setEncoding('utf8')) text += piece
  return text
}
