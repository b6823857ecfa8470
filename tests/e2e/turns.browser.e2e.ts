// In a real burst, every frame on the screen names one turn: the caption above the roundabout, the list and the beads below
// it, the pointers on its rings, and the switching table.
import type { Page } from 'playwright-core'
import { expect } from 'vitest'
import { appTest } from './app'
import { openTab, sendMessage } from './screen'

const test = appTest({ latencyMs: 120 })
const MESSAGES = 80
/** Where a ring of the classic pool has its exits, in degrees from twelve o'clock. */
const EXITS: Readonly<Record<string, number>> = { 100: 0, 300: 180, 200: 0, 400: 180 }

/** What one frame shows. */
interface Frame {
  caption: string
  turns: readonly string[]
  inTable: readonly string[]
  /** The first bead of each row of the next choices. */
  beads: readonly string[]
  /** By policy: the angle that the pointer turns to, and the one that it is drawn at. */
  pointers: Readonly<Record<string, { to: number; at: number; sweeps: boolean }>>
}

test('every frame of a burst names one turn everywhere', async ({ app: { page } }) => {
  await page.getByRole('button', { name: /^Server 400,.* up$/ }).waitFor()
  await openTab(page, 'Switching table')
  await expect.poll(() => page.locator('.roundabout .bead').count()).toBe(20)
  await watchFrames(page)
  await sendMessage(page, { client: 'Client 1', policy: '111', count: MESSAGES })
  await page.getByRole('button', { name: new RegExp(`^Client 1,.* ${MESSAGES} answers`) }).waitFor()
  const frames = await watchedFrames(page)
  const captions = new Set(frames.map(({ caption }) => caption))
  expect(captions.size).toBeGreaterThan(3)
  // Faster than the eye: the caption says for how many decisions it stands.
  expect([...captions].some((caption) => /1 of \d+ decisions$/.test(caption))).toBe(true)
  for (const frame of frames) expect(disagreements(frame), JSON.stringify(frame)).toEqual([])
})

/** Notes what each frame shows, where it differs from the one before. */
function watchFrames(page: Page): Promise<void> {
  return page.evaluate(() => {
    const texts = (selector: string) =>
      [...document.querySelectorAll(selector)].map((element) => element.textContent ?? '')
    const clockwise = (transform: string) => {
      const { a, b } = new DOMMatrix(transform)
      return Math.round((Math.atan2(b, a) * 180) / Math.PI + 360) % 360
    }
    const seen: string[] = []
    Object.assign(window, { seen })
    function look() {
      const pointers = Object.fromEntries(
        [...document.querySelectorAll<SVGGElement>('g.ring-pointer')].map((pointer) => [
          pointer.parentElement?.querySelector('title')?.textContent?.replace('Policy ', ''),
          {
            to: clockwise(pointer.style.transform),
            at: clockwise(getComputedStyle(pointer).transform),
            sweeps: pointer.classList.contains('is-sweeping'),
          },
        ]),
      )
      const inTable = [...document.querySelectorAll('.switching-table tbody tr')]
        .filter((row) => row.querySelector('.next'))
        .map((row) => row.querySelector('td')?.textContent ?? '')
      const frame = JSON.stringify({
        caption: texts('.roundabout-receipt').join(),
        turns: texts('.roundabout-turn'),
        inTable,
        beads: texts('.roundabout .bead:first-child'),
        pointers,
      })
      if (frame !== seen.at(-1)) seen.push(frame)
      requestAnimationFrame(look)
    }
    look()
  })
}

async function watchedFrames(page: Page): Promise<Frame[]> {
  const seen: string[] = await page.evaluate(() => Reflect.get(window, 'seen'))
  return seen.map((frame) => JSON.parse(frame))
}

/** The servers that are named as the next of a policy, where they are not the same everywhere. */
function disagreements({ caption, turns, inTable, beads, pointers }: Frame): string[] {
  const wrong: string[] = []
  if (turns.length !== 2) wrong.push(`${turns.length} turns are listed, of two policies`)
  for (const turn of turns) {
    const [, policy = '', next = ''] = /^next for (\S+) → (\S+)$/.exec(turn) ?? []
    const pointer = pointers[policy]
    const exit = EXITS[next]
    if (pointer?.to !== exit) wrong.push(`${turn}, but the pointer turns to ${pointer?.to}°`)
    if (!pointer?.sweeps && pointer?.at !== exit)
      wrong.push(`${turn}, but the pointer is elsewhere`)
    if (!beads.includes(next)) wrong.push(`${turn}, but the beads begin with ${beads.join()}`)
    if (!inTable.includes(next)) wrong.push(`${turn}, but the table marks ${inTable.join()}`)
    const named = /^(\S+): .*; next (\S+?)(1 of .*)?$/.exec(caption)
    if (named?.[1] === policy && named[2] !== next) wrong.push(`${turn}, but “${caption}”`)
  }
  return wrong
}
