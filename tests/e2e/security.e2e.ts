// What the page may not do, tried from inside the page: an attacker who runs there gets nothing more.
import { describe, expect, inject } from 'vitest'
import { appTest } from './app'

const test = appTest({ latencyMs: 0, scope: 'file' })
const onDesktop = inject('shell') === 'desktop'

describe('the page', () => {
  test('has no Node and no Electron', async ({ app }) => {
    const found = await app.page.evaluate(() =>
      ['require', 'process', 'module', 'Buffer', 'global', 'electron', 'ipcRenderer'].filter(
        (name) => name in window,
      ),
    )
    expect(found).toEqual([])
  })

  test('comes with a strict policy', async ({ app }) => {
    const policy = await app.page.evaluate(async () =>
      (await fetch(location.href)).headers.get('content-security-policy'),
    )
    expect(policy).toContain("default-src 'none'")
    expect(policy).toContain("script-src 'self';")
    expect(policy).not.toContain('unsafe-eval')
  })

  test('runs no inline script and no text as code', async ({ app }) => {
    const ran = await app.page.evaluate(() => {
      const script = document.createElement('script')
      script.textContent = 'window.injected = true'
      document.head.append(script)
      return 'injected' in window
    })
    expect(ran).toBe(false)
    expect(app.errors.splice(0)).toEqual([expect.stringContaining('Content Security Policy')])
  })

  test('cannot call another address', async ({ app }) => {
    const answer = await app.page.evaluate(() =>
      fetch('http://127.0.0.1:9/').then(
        () => 'answered',
        () => 'refused',
      ),
    )
    expect(answer).toBe('refused')
    expect(app.errors.splice(0).join()).toContain('Content Security Policy')
  })

  test('can embed no other page', async ({ app }) => {
    await app.page.evaluate(() => {
      const frame = document.createElement('iframe')
      frame.src = 'data:text/html,<p>embedded'
      document.body.append(frame)
      return new Promise((resolve) => frame.addEventListener('load', resolve))
    })
    expect(app.errors.splice(0).join()).toContain('Content Security Policy')
  })

  test.runIf(onDesktop)('cannot navigate away', async ({ app }) => {
    const before = app.page.url()
    await app.page.evaluate(() => {
      location.href = 'https://example.invalid/'
    })
    await expect.poll(app.log).toContain('Navigation to https://example.invalid/ was refused.')
    expect(app.page.url()).toBe(before)
  })

  test.runIf(onDesktop)('cannot open a window', async ({ app }) => {
    const opened = await app.page.evaluate(() => window.open('https://example.invalid/') !== null)
    expect(opened).toBe(false)
    await expect.poll(app.log).toContain('A new window for https://example.invalid/ was refused.')
    expect(app.electron?.windows()).toHaveLength(1)
  })

  test.runIf(onDesktop)('is not given the camera, nor files of the disk', async ({ app }) => {
    const camera = await app.page.evaluate(() =>
      navigator.mediaDevices.getUserMedia({ video: true }).then(
        () => 'given',
        (error: Error) => error.name,
      ),
    )
    expect(camera).not.toBe('given')
    const file = await app.page.evaluate(() =>
      fetch('file:///etc/hostname').then(
        () => 'read',
        () => 'refused',
      ),
    )
    expect(file).toBe('refused')
    app.errors.length = 0
  })

  test.runIf(onDesktop)('reaches the engine by the contract only', async ({ app }) => {
    const names = await app.page.evaluate(() =>
      Object.keys(Reflect.get(window, 'roundabout')).toSorted(),
    )
    expect(names).toEqual(
      ['acknowledge', 'execute', 'kind', 'onConnected', 'onMenu', 'platform', 'subscribe'].sort(),
    )
  })

  test.runIf(onDesktop)('is told why a malformed call is refused', async ({ app }) => {
    const result = await app.page.evaluate(() =>
      Reflect.get(window, 'roundabout').execute({ type: 'launchMissiles' }),
    )
    expect(result).toMatchObject({ ok: false, error: expect.stringContaining('type') })
    await app.page.evaluate(() => Reflect.get(window, 'roundabout').acknowledge('everything'))
    await expect.poll(app.log).toContain('roundabout:acknowledge was refused')
    await expect.poll(app.log).toContain('A command was refused')
  })

  test.runIf(onDesktop)('lives in a sandboxed, isolated window', async ({ app }) => {
    const preferences = await app.electron?.evaluate(({ BrowserWindow }) => {
      const contents = BrowserWindow.getAllWindows()[0]?.webContents
      return contents && Reflect.get(contents, 'getLastWebPreferences').call(contents)
    })
    expect(preferences).toMatchObject({
      sandbox: true,
      contextIsolation: true,
      nodeIntegration: false,
      webviewTag: false,
    })
  })
})
