// An idle lab uses no processor: no frame, no timer, no change of the page.
import type { Page } from 'playwright-core'
import { describe, expect } from 'vitest'
import { appTest } from './app'
import { pause } from './screen'

const test = appTest()
const SETTLED = { timeout: 20_000 }
const IDLE_FRAMES = 60

/** What woke the page: callbacks, and changes of the document. */
interface Woken {
  frames: number
  timers: number
  changes: number
}

declare global {
  interface Window {
    /** Counts during this many frames of the test's own. */
    countWoken(frames: number): Promise<Woken>
  }
}

describe('at rest', () => {
  test('nothing wakes the page while nothing is in flight, time is paused, or the past is looked at', async ({
    app,
  }) => {
    const { page } = app
    await page.addInitScript(countWhatWakes)
    await page.reload()
    const where = page.getByRole('region', { name: 'Timeline' }).locator('.timeline-status')
    await expect.poll(() => where.textContent(), SETTLED).toBe('Idle')
    await comesToRest(page)
    await app.screenshot('at-rest')

    // Slow enough to be observed.
    for (let press = 0; press < 4; press++) await page.keyboard.press('[')
    await page.getByRole('button', { name: 'Send all' }).click()
    await expect.poll(() => where.textContent(), SETTLED).toBe('Live')
    const { changes } = await woken(page)
    expect(changes).toBeGreaterThan(0)

    await pause(page)
    await comesToRest(page)

    await page.getByRole('button', { name: 'Step back' }).click()
    await page.getByRole('region', { name: 'The past' }).waitFor()
    await comesToRest(page)
  })
})

/** The last action may take some frames to finish; after that, nothing runs. */
async function comesToRest(page: Page): Promise<void> {
  await expect
    .poll(() => woken(page), { timeout: 40_000 })
    .toEqual({ frames: 0, timers: 0, changes: 0 })
}

function woken(page: Page): Promise<Woken> {
  return page.evaluate((frames) => window.countWoken(frames), IDLE_FRAMES)
}

/** Runs in the page before any code of the app. */
function countWhatWakes(): void {
  const { requestAnimationFrame, setTimeout, setInterval } = window
  const count = { frames: 0, timers: 0, changes: 0 }
  window.requestAnimationFrame = (task) =>
    requestAnimationFrame((time) => {
      count.frames++
      task(time)
    })
  const counted = (start: typeof setTimeout) =>
    ((task: () => void, ...rest: [number?]) =>
      start(
        () => {
          count.timers++
          task()
        },
        ...rest,
      )) as typeof setTimeout
  window.setTimeout = counted(setTimeout)
  window.setInterval = counted(setInterval as typeof setTimeout) as typeof setInterval
  new MutationObserver((records) => {
    count.changes += records.length
  }).observe(document, { subtree: true, childList: true, attributes: true, characterData: true })
  window.countWoken = async (frames) => {
    Object.assign(count, { frames: 0, timers: 0, changes: 0 })
    for (let frame = 0; frame < frames; frame++) await new Promise(requestAnimationFrame)
    return { ...count }
  }
}
