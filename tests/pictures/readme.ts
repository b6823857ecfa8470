// The README's pictures: the classic pool in the middle of a burst, the burst going round, a lesson's question, and a class with
// a phone.
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

test('a lesson asks', async ({ app: { page } }) => {
  await prepare(page, 'light')
  await page.keyboard.press('0')
  await page.getByRole('button', { name: /Round-robin per policy/ }).click()
  const next = page.getByRole('button', { name: 'Next', exact: true })
  await next.click()
  await page.getByText('Which server gets it?').first().waitFor()
  await page.getByText('waits at the decision').waitFor()
  await page.locator('.lesson').getByRole('radio').first().check()
  await savePicture('lesson.webp', await page.screenshot())
})

test('a class predicts, on the wall and on a phone', async ({ app: { page } }) => {
  await prepare(page, 'light')
  await page.keyboard.press('u')
  await page.getByRole('button', { name: 'Open to the room…' }).click()
  const dialog = page.getByRole('dialog')
  await dialog.getByRole('radio', { name: /^127/ }).check()
  await dialog.getByRole('button', { name: 'Open to the room' }).click()
  const code = (await dialog.locator('.room-code').textContent())?.replace(' ', '') ?? ''
  const address = (await dialog.locator('.room-url').textContent()) ?? ''
  await dialog.getByRole('button', { name: 'Ask the class…' }).click()
  const context = await page
    .context()
    .browser()
    ?.newContext({
      viewport: { width: 360, height: 700 },
      deviceScaleFactor: 2,
      isMobile: true,
      hasTouch: true,
    })
  const phone = await context?.newPage()
  if (phone === undefined) throw new Error('There is no browser.')
  await phone.goto(`${address}#${code}`)
  await phone.getByRole('textbox', { name: 'A name' }).fill('Ana')
  await phone.getByRole('button', { name: 'Join' }).tap()
  await phone.getByRole('button', { name: 'Ana' }).waitFor()

  const panel = page.getByRole('region', { name: 'The class' })
  await panel.getByRole('button', { name: 'Ask', exact: true }).click()
  await phone.getByRole('button', { name: 'Server 300' }).tap()
  await panel.getByText('1 of 1 have answered').waitFor()
  await panel.getByRole('button', { name: 'Raised hands…' }).click()
  await panel.getByRole('spinbutton', { name: 'Server 100' }).fill('12')
  await panel.getByRole('spinbutton', { name: 'Server 300' }).fill('7')
  await panel.getByRole('button', { name: 'Count these hands' }).click()
  await page.keyboard.press('*')
  await panel.getByRole('button', { name: 'Reveal' }).click()
  await phone.getByRole('heading', { name: /^It went to/ }).waitFor()
  await page.getByRole('region', { name: 'Receipt' }).getByText('Why server').waitFor()
  await page.keyboard.press('p')
  const held = await sharp(await phone.screenshot())
    .resize({ height: 560 })
    .png()
    .toBuffer()
  const { width = 0 } = await sharp(held).metadata()
  const edge = 3
  const framed = await sharp(held)
    .extend({ top: edge, bottom: edge, left: edge, right: edge, background: '#171b22' })
    .png()
    .toBuffer()
  const wall = await sharp(await page.screenshot())
    .extend({ right: width + 60, background: '#dfe3e9' })
    .png()
    .toBuffer()
  const at = { left: SIZE.width + 30 - edge, top: Math.round((SIZE.height - 560) / 2) }
  await savePicture(
    'class.webp',
    await sharp(wall)
      .composite([{ input: framed, ...at }])
      .png()
      .toBuffer(),
  )
})

async function savePicture(name: string, picture: Buffer): Promise<void> {
  const small = await sharp(picture).resize({ width: 1440 }).webp({ quality: 82 }).toBuffer()
  await writeFile(join(IMAGES, name), small)
}

async function prepare(page: Page, colorScheme: 'light' | 'dark'): Promise<void> {
  await page.setViewportSize(SIZE)
  await page.emulateMedia({ colorScheme })
  await page.getByRole('button', { name: /^Server 400,.* up$/ }).waitFor()
}
