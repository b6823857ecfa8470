// The headless host at the terminal: its output, how it ends, and that it leaves nothing behind.

import { mkdtempSync } from 'node:fs'
import { chmod, mkdir, mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { afterAll, describe, expect, it, onTestFinished } from 'vitest'
import { appTest } from './app'
import { removeProfile } from './profile-folder'
import { isOpen, type Started, start, takePort } from './programs'

const test = appTest({ latencyMs: 0 })
/** Where hosts keep their data: not where those of the person who runs the tests do. */
const data = mkdtempSync(join(tmpdir(), 'roundabout-host-'))
afterAll(() => removeProfile(data))
const folders = ['--recordings', join(data, 'recordings'), '--logs', join(data, 'logs')]
const host = (...args: string[]) =>
  start(process.execPath, ['out/main/headless.cjs', ...folders, ...args])
const hasXdgOpen = process.platform === 'linux'

describe('the headless host', () => {
  it('prints exactly two lines, and a signal closes everything and ends it with code 0', async () => {
    const { child, written, ended } = host('--proxy-port', '0', '--no-open')
    await expect.poll(() => written.out, { timeout: 20_000 }).toMatch(/Proxy: .*\n/)
    const lines =
      /^Roundabout: http:\/\/127\.0\.0\.1:(\d+)\/\?token=[0-9a-f]{32,}\nProxy: 127\.0\.0\.1:(\d+)\n$/
    expect(written.out).toMatch(lines)
    const [, webPort, proxyPort] = written.out.match(lines) ?? []
    expect(await isOpen(Number(proxyPort))).toBe(true)

    // Ctrl+C arrives from the terminal and from npm.
    child.kill('SIGINT')
    child.kill('SIGINT')
    expect(await ended).toMatchObject({ code: 0, err: '' })
    expect(await isOpen(Number(webPort))).toBe(false)
    expect(await isOpen(Number(proxyPort))).toBe(false)
  })

  it.each(['--port', '--proxy-port'])('says so when the port of %s is taken', async (option) => {
    const port = await takePort()
    const others = option === '--port' ? ['--proxy-port', '0'] : []
    const { code, out, err } = await host(option, String(port), '--no-open', ...others).ended
    expect({ code, out }).toEqual({ code: 1, out: '' })
    expect(err).toContain(`Port ${port} is in use`)
    expect(err.trim().split('\n')).toHaveLength(1)
  })

  it('names an option that it does not know', async () => {
    const { code, err } = await host('--prot', '1').ended
    expect({ code, err }).toEqual({ code: 2, err: expect.stringContaining('"--prot"') })
  })

  test('serves several windows at once, and a stale address with what to do', async ({ app }) => {
    const second = await app.page.context().newPage()
    await second.goto(app.url ?? '')
    await app.page.getByRole('button', { name: 'Add server', exact: true }).click()
    for (const page of [app.page, second]) {
      await page.getByRole('button', { name: /^Server 1001,/ }).waitFor()
    }
    for (const stale of ['/?token=0', '/', '/index.html']) {
      const answer = await second.goto(new URL(stale, app.url).href)
      expect(answer?.status()).toBe(403)
      await second.getByText('Look in the terminal').waitFor()
    }
    await second.screenshot({ path: 'test-results/stale-address-browser.png' })
    // The page allows its own style and nothing else.
    const width = await second.locator('main').evaluate((main) => getComputedStyle(main).maxWidth)
    expect(width).not.toBe('none')
  })
})

/** Returns the address that a host prints, once it does. */
async function addressOf({ written }: Started): Promise<string> {
  await expect.poll(() => written.out, { timeout: 20_000 }).toMatch(/Proxy: .*\n/)
  return /^Roundabout: (.*)$/m.exec(written.out)?.[1] ?? ''
}

/** A host on a desktop, with its own home; its browser only records how it is started. */
async function hostWithBrowser() {
  const folder = await mkdtemp(join(tmpdir(), 'roundabout-browser-'))
  onTestFinished(() => rm(folder, { recursive: true, force: true }))
  const [home, bin, noted] = ['home', 'bin', 'noted'].map((name) => join(folder, name)) as [
    string,
    string,
    string,
  ]
  await mkdir(home)
  await mkdir(bin)
  const note = `#!/bin/sh\nprintf '%s\\n' "$@" > "${noted}.part"\nmv "${noted}.part" "${noted}"\n`
  await writeFile(join(bin, 'xdg-open'), note)
  await chmod(join(bin, 'xdg-open'), 0o755)
  const args = ['out/main/headless.cjs', '--proxy-port', '0', '--logs', join(folder, 'logs')]
  const env = { HOME: home, PATH: `${bin}:${process.env.PATH}`, DISPLAY: ':0', CI: '' }
  const started = start(
    process.execPath,
    [...args, '--recordings', join(folder, 'recordings')],
    env,
  )
  const address = await addressOf(started)
  const commandLine = () => readFile(noted, 'utf8').catch(() => '')
  await expect.poll(commandLine, { timeout: 20_000 }).not.toBe('')
  return { ...started, address, home, commandLine: (await commandLine()).trim() }
}

describe.runIf(hasXdgOpen)('the browser that is started', () => {
  test('is given a file that only this account reads, which leads to the app and is gone', async ({
    app,
  }) => {
    const { address, home, commandLine } = await hostWithBrowser()
    const { port, searchParams } = new URL(address)
    expect(commandLine).not.toContain(searchParams.get('token'))
    expect(commandLine).not.toContain(port)
    expect(dirname(dirname(commandLine))).toBe(home)
    expect((await stat(commandLine)).mode & 0o777).toBe(0o600)
    expect((await stat(dirname(commandLine))).mode & 0o777).toBe(0o700)

    const page = await app.page.context().newPage()
    await page.goto(pathToFileURL(commandLine).href, { waitUntil: 'commit' })
    await page.getByRole('button', { name: /^Server 100,/ }).waitFor()
    expect(page.url()).toBe(address)
    await expect.poll(() => readdir(home)).toEqual([])
    // An open page can be reloaded although the file is gone.
    await page.reload()
    await page.getByRole('button', { name: /^Server 100,/ }).waitFor()
    await page.close()
  })

  it('leaves no file behind where it never came', async () => {
    const { child, ended, home } = await hostWithBrowser()
    expect(await readdir(home)).toHaveLength(1)
    child.kill('SIGTERM')
    expect(await ended).toMatchObject({ code: 0, err: '' })
    expect(await readdir(home)).toEqual([])
  })
})

describe('a page whose host has gone', () => {
  test('says what to do, and notices where another run has taken its place', async ({ app }) => {
    const banner = app.page.locator('.banner')
    const { port } = new URL(app.url ?? '')
    await app.page.getByRole('button', { name: /^Server 100,/ }).waitFor()
    await app.crash()
    await banner.getByText('Roundabout has stopped.').waitFor()
    await banner.getByText('Start it again').waitFor()
    await app.screenshot('host-stopped')

    const folder = await mkdtemp(join(tmpdir(), 'roundabout-anew-'))
    onTestFinished(() => rm(folder, { recursive: true, force: true }))
    const folders = ['--recordings', join(folder, 'recordings'), '--logs', join(folder, 'logs')]
    const next = host('--port', port, '--proxy-port', '0', '--no-open', ...folders)
    const address = await addressOf(next)
    await banner.getByText('Roundabout was started anew').waitFor()
    await banner.getByText('Open the address that it has printed').waitFor()
    await app.screenshot('host-started-anew')

    await app.page.goto(address)
    await app.page.getByRole('button', { name: /^Server 100,/ }).waitFor()
    // The browser itself reports each failed attempt to connect.
    app.errors.length = 0
  })

  test('is told why it was cut off', async ({ app }) => {
    const { page, url } = app
    const banner = page.locator('.banner')
    // The page's own connection to its host, on which the test subscribes far too often.
    await page.addInitScript(() => {
      const { send } = WebSocket.prototype
      WebSocket.prototype.send = function (data) {
        Reflect.set(window, 'line', this)
        send.call(this, data)
      }
    })
    await page.goto(url ?? '')
    await page.getByRole('button', { name: /^Server 100,/ }).waitFor()
    await page.evaluate(() => {
      const line: WebSocket = Reflect.get(window, 'line')
      for (let count = 0; count < 20; count++) line.send('{"kind":"subscribe"}')
    })
    await banner.getByText('Roundabout has cut this window off. It subscribed too often.').waitFor()
    await app.screenshot('cut-off')
    await page.reload()
    await page.getByRole('button', { name: /^Server 100,/ }).waitFor()
    await expect.poll(() => banner.count()).toBe(0)
  })
})
