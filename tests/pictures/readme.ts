// The README's pictures: the classic pool in the middle of a burst, and the burst going round.
import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import type { Page } from 'playwright-core'
import sharp from 'sharp'
import { appTest } from '../e2e/app'
import { ROOT } from '../e2e/app-paths'

const IMAGES = join(ROOT, 'docs/images')
const SIZE = { width: 1440, height: 900 }
/** The moving picture: the lab runs slowly while it is taken, and at its own speed when it is looked at. */
const SLOWER = 10
const FRAMES = 48
const FRAME_MS = 70
const WIDTH = 960

const test = appTest({ latencyMs: 600 })

test('a burst, paused, in the dark', async ({ app: { page } }) => {
  await prepare(page, 'dark')
  await page.getByRole('button', { name: 'Send all' }).click()
  await page.getByRole('button', { name: /^Server 100,.*in flight/ }).waitFor()
  await page.keyboard.press('p')
  await page.getByRole('button', { name: 'Play', exact: true }).waitFor()
  await page.screenshot({ path: join(IMAGES, 'dark.png') })
})

test('a burst goes round', async ({ app: { page } }) => {
  await prepare(page, 'light')
  await page.getByRole('slider', { name: 'Speed' }).press('Home')
  await page.getByRole('button', { name: 'Send all' }).click()
  const startedAt = performance.now()
  const frames: Buffer[] = []
  for (let frame = 0; frame < FRAMES; frame++) {
    await wait(startedAt + frame * FRAME_MS * SLOWER - performance.now())
    frames.push(await page.screenshot())
  }
  const small = await Promise.all(
    frames.map((frame) => sharp(frame).resize(WIDTH).png().toBuffer()),
  )
  const moving = await sharp(small, { join: { animated: true } })
    .webp({ delay: small.map(() => FRAME_MS), loop: 0, quality: 70, effort: 6 })
    .toBuffer()
  await writeFile(join(IMAGES, 'burst.webp'), moving)
})

async function prepare(page: Page, colorScheme: 'light' | 'dark'): Promise<void> {
  await page.setViewportSize(SIZE)
  await page.emulateMedia({ colorScheme })
  await page.getByRole('button', { name: /^Server 400,.* up$/ }).waitFor()
}
