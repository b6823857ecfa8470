// Resets a used app for the next test: the lab, and everything that the page shows or remembers.
// Only the session continues, so its past keeps the earlier events.
import { CLASSIC_POOL } from '../../src/shared/scenario'
import { LINK_SETTINGS } from '../../src/shared/settings/link'
import type { App, AppOptions } from './app'
import { carryOut } from './engine-line'

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
