// Resets a used app for the next test: the lab, and everything that the page shows or remembers.
// Only the session continues, so its past keeps the earlier events.
import type { Page } from 'playwright-core'
import type { Command } from '../../src/shared/commands'
import type { ClientToHost } from '../../src/shared/contract'
import { CLASSIC_POOL } from '../../src/shared/scenario'
import { LINK_SETTINGS } from '../../src/shared/settings/link'
import type { App, AppOptions } from './app'

export async function reset(
  app: App,
  { latencyMs = LINK_SETTINGS.latencyMs.default }: AppOptions,
): Promise<void> {
  const { page } = app
  for (const other of page.context().pages()) if (other !== page) await other.close()
  await page.emulateMedia({ media: null, reducedMotion: null, colorScheme: null })
  // A window that looks back prevents the lab from being reset.
  if ((await page.locator('.past-band').count()) > 0) await page.reload()
  const scenario = { ...CLASSIC_POOL, latencyMs, speed: 1, paused: false }
  await carryOut(page, { type: 'openScenario', scenario })
  await page.evaluate(() => localStorage.clear())
  await page.reload()
  app.errors.length = 0
}

/** Sends a command over the page's own connection, or over one like it. */
async function carryOut(page: Page, command: Command): Promise<void> {
  const message: ClientToHost = { kind: 'command', id: 1, command }
  const result = await page.evaluate(async (sent) => {
    const bridge = Reflect.get(window, 'roundabout')
    if (bridge !== undefined) return bridge.execute(sent.command)
    const socket = new WebSocket(`ws://${location.host}/ws${location.search}`)
    return new Promise((resolve, reject) => {
      socket.onopen = () => socket.send(JSON.stringify(sent))
      socket.onerror = () => reject(new Error('There is no line to the engine.'))
      socket.onmessage = ({ data }) => {
        const told = JSON.parse(data)
        if (told.kind !== 'result') return
        resolve(told.result)
        socket.close()
      }
    })
  }, message)
  if (result?.ok !== true) throw new Error(`The lab did not begin again: ${JSON.stringify(result)}`)
}
