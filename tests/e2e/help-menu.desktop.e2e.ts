// The Help menu: it shows the log and the licences, and switches the logging of message contents.

import { mkdtemp, readFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { type App, logFile, withDesktopApp } from './app'
import { removeProfile } from './profile-folder'
import { sendMessage } from './screen'

const MARKER = 'Q7marker'

let profile: string
beforeEach(async () => {
  profile = await mkdtemp(join(tmpdir(), 'roundabout-help-'))
})
afterEach(() => removeProfile(profile))

const run = (use: (app: App) => Promise<void>) => withDesktopApp({ profile, latencyMs: 0 }, use)
const written = () => readFile(logFile(profile), 'utf8')

describe('the Help menu', () => {
  it('switches message contents on and off, and begins with off', async () => {
    await run(async ({ electron, page }) => {
      // In a turn of its own, as a person's click is: the debugger runs code in the middle of a function that builds
      // the menu anew.
      const click = () =>
        electron?.evaluate(async ({ Menu }) => {
          await new Promise((resolve) => setImmediate(resolve))
          const item = Menu.getApplicationMenu()?.getMenuItemById('logContents')
          const before = item?.checked
          item?.click()
          return before
        })
      expect(await click()).toBe(false)
      await expect.poll(written).toContain('Message contents: switched on.')
      await sendMessage(page, {
        client: 'Client 1',
        policy: '111',
        payload: `${MARKER} one`,
        count: 1,
      })
      await expect.poll(written).toMatch(/type 0, proxy → .*Q7marker one/)
      expect(await click()).toBe(true)
      await expect.poll(written).toContain('Message contents: switched off.')
    })
  })

  it('shows the log and the licences, and says what the app is', async () => {
    await run(async ({ electron }) => {
      const asked = await electron?.evaluate(({ Menu, shell, app }) => {
        const calls: string[] = []
        shell.showItemInFolder = (path) => {
          calls.push(path)
        }
        shell.openPath = async (path) => {
          calls.push(path)
          return ''
        }
        for (const id of ['showLog', 'showLicences']) {
          Menu.getApplicationMenu()?.getMenuItemById(id)?.click()
        }
        app.showAboutPanel()
        return calls
      })
      expect(asked).toEqual([logFile(profile), expect.stringMatching(/licenses.third-party\.md$/)])
    })
  })
})
