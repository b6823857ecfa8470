// The desktop window's own restrictions: no way out of it, and no access to the engine but the
// contract.
import { describe, expect } from 'vitest'
import { type App, appTest } from './app'

const test = appTest({ latencyMs: 0, scope: 'shared' })

describe('the page in the desktop window', () => {
  test('cannot navigate away', async ({ app }) => {
    const before = app.page.url()
    await app.page.evaluate(() => {
      location.href = 'https://example.invalid/'
    })
    await expect.poll(app.log).toContain('Navigation to https://example.invalid/ was refused.')
    expect(app.page.url()).toBe(before)
  })

  test('cannot open a window', async ({ app }) => {
    const opened = await app.page.evaluate(() => window.open('https://example.invalid/') !== null)
    expect(opened).toBe(false)
    await expect
      .poll(() => app.errors.join())
      .toContain("Blocked opening 'https://example.invalid/'")
    app.errors.length = 0
    expect(app.electron?.windows()).toHaveLength(1)
  })

  test('is not given the camera, nor files of the disk', async ({ app }) => {
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

  test('reaches the engine by the contract only', async ({ app }) => {
    const bridge = await app.page.evaluate(() => {
      const found = Reflect.get(window, 'roundabout')
      return Object.keys(found)
        .toSorted()
        .map((name) => [name, typeof found[name]])
    })
    const functions = [
      ...['acknowledge', 'discardSession', 'execute', 'listSessions', 'onRole'],
      ...['compare', 'onComparison', 'stopComparing'],
      ...['checkProgram', 'onProgramCheck', 'stopProgramCheck'],
      ...['lesson', 'onLesson', 'openNotes', 'room', 'onRoom'],
      ...['onConnected', 'onFileGiven', 'onMenu', 'onNotice', 'onOpenSession', 'onProblem'],
      ...['readRecording', 'reportProblem', 'subscribe', 'takeFile'],
    ]
    expect(Object.fromEntries(bridge)).toEqual({
      ...Object.fromEntries(functions.map((name) => [name, 'function'])),
      kind: 'string',
      platform: 'string',
    })
  })

  test('has a program started only after a native dialog, once for each command', async ({
    app,
  }) => {
    const answered = await app.electron?.evaluate(({ dialog }) => {
      const asked: string[] = []
      Reflect.set(globalThis, 'asked', asked)
      Object.assign(dialog, {
        async showMessageBox(_window: unknown, options: { message: string; detail: string }) {
          asked.push(`${options.message} ${options.detail}`)
          return { response: asked.length === 1 ? 0 : 1 }
        },
      })
      return asked.length
    })
    expect(answered).toBe(0)
    const swap = () =>
      app.page.evaluate(() =>
        Reflect.get(window, 'roundabout').execute({
          type: 'swapProxy',
          by: 'program',
          command: 'no-such-program {port}',
        }),
      )
    expect(await swap()).toMatchObject({ error: expect.stringContaining('did not allow it') })
    expect(await swap()).toMatchObject({ error: expect.stringContaining('no-such-program') })
    expect(await swap()).toMatchObject({ error: expect.stringContaining('no-such-program') })
    const asked = await app.electron?.evaluate(() => Reflect.get(globalThis, 'asked'))
    expect(asked).toEqual(
      Array(2).fill(expect.stringMatching(/^Start this program[?] no-such-program {port}/)),
    )
  })

  test('is told why a malformed call is refused', async ({ app }) => {
    const result = await app.page.evaluate(() =>
      Reflect.get(window, 'roundabout').execute({ type: 'launchMissiles' }),
    )
    expect(result).toMatchObject({ ok: false, error: expect.stringContaining('type') })
    await app.page.evaluate(() => Reflect.get(window, 'roundabout').acknowledge('everything'))
    await expect.poll(app.log).toContain('roundabout:acknowledge was refused')
    await expect.poll(app.log).toContain('A command was refused')
  })

  test('lives in a sandboxed, isolated window', async ({ app }) => {
    const set = await preferences(app)
    expect(set).toMatchObject({ sandbox: true, contextIsolation: true, nodeIntegration: false })
    expect(set).not.toMatchObject({ nodeIntegrationInSubFrames: true })
    expect(set).not.toMatchObject({ nodeIntegrationInWorker: true })
  })

  test('has none of the settings that weaken a page', async ({ app }) => {
    const set = await preferences(app)
    expect(set).toMatchObject({ webSecurity: true, webviewTag: false })
    for (const name of [
      'allowRunningInsecureContent',
      'experimentalFeatures',
      'enableBlinkFeatures',
      'navigateOnDragDrop',
      'plugins',
    ]) {
      expect(set?.[name] || false, name).toBe(false)
    }
  })
})

/** The window's own preferences, and Electron's defaults for the others. */
async function preferences({ electron }: App): Promise<Record<string, unknown> | undefined> {
  return electron?.evaluate(({ BrowserWindow }) => {
    const contents = BrowserWindow.getAllWindows()[0]?.webContents
    return contents && Reflect.get(contents, 'getLastWebPreferences').call(contents)
  })
}
