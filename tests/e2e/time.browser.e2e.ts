// Control of time: stepping, looking back at any moment, and forward again. Checks what the screen
// shows of a moment: the packets, the switching table, the counts, the nodes.
import type { Page } from 'playwright-core'
import { describe, expect } from 'vitest'
import { appTest } from './app'
import { carryOut, labState } from './engine-line'
import { forwardedTo, moment, packets, pause, type Row, sendMessage, shown } from './screen'

const LATENCY_MS = 600
const test = appTest({ latencyMs: LATENCY_MS, scope: 'file' })
/** With a session of its own, without events of another test. */
const fresh = appTest({ latencyMs: LATENCY_MS })
const SETTLED = { timeout: 20_000 }
/** How many clients the classic pool has. */
const CLIENTS = 6

const isInFlight = (row: Row) => row.Link === 'in flight'
const sentAt = (row: Row) => Number(row.Time)

describe('a step', () => {
  test('goes from running to a standstill, and then from one arrival to the next', async ({
    app,
  }) => {
    const { page } = app
    await everybodySends(page)
    await page.getByRole('button', { name: 'Step', exact: true }).click()
    await page.getByRole('button', { name: 'Play', exact: true }).waitFor()

    for (let step = 0; step < 3; step++) {
      const before = (await shown(page)).packets
      const flying = before.filter(isInFlight)
      const due = Math.min(...flying.map(sentAt)) + LATENCY_MS / 1000
      const arriving = flying.filter(
        (row) => Math.abs(sentAt(row) + LATENCY_MS / 1000 - due) < 0.001,
      )
      expect(arriving.length).toBeLessThan(flying.length)

      await page.getByRole('button', { name: 'Step', exact: true }).click()
      const arrivedBefore = before.length - flying.length
      const arrived = async () => (await packets(page)).filter((row) => !isInFlight(row)).length
      await expect.poll(arrived, SETTLED).toBeGreaterThan(arrivedBefore)
      await expect.poll(() => moment(page), SETTLED).toBeCloseTo(due, 2)
      const after = (await shown(page)).packets
      expect(await moment(page)).toBeCloseTo(due, 2)
      // Several packets may be due within the displayed millisecond, and only those at the same
      // time step together.
      const gained = after.filter((row) => !isInFlight(row)).length - arrivedBefore
      expect(gained).toBeGreaterThan(0)
      expect(gained).toBeLessThanOrEqual(arriving.length)
    }
  })

  test('leads to the next decision, and a message to its end', async ({ app }) => {
    const { page } = app
    await page.emulateMedia({ reducedMotion: 'reduce' })
    await ready(page)
    await pause(page)
    await sendMessage(page, { client: 'Client 3', policy: '222', payload: 'step by step' })
    await furtherStep(page, 'Step to the next decision')
    await expect.poll(() => forwardedTo(page, '222'), SETTLED).toEqual(['server 200'])
    const question = 'client 3'
    await page.getByRole('row').filter({ hasText: question }).first().click()
    const inspector = page.getByRole('complementary', { name: 'Inspector' })
    await inspector.getByText('step by step').first().waitFor()

    await furtherStep(page, 'Step this message to its end')
    await expect
      .poll(async () => (await packets(page)).at(-1), SETTLED)
      .toMatchObject({ Type: 'answer', From: 'proxy', To: 'client 3' })
    await page.getByRole('img', { name: 'correct' }).first().waitFor()
    await page
      .getByRole('button', { name: /^Client 3,.* 1 answer, last answer correct$/ })
      .waitFor()
    await page.getByRole('button', { name: 'Play', exact: true }).waitFor()
    expect((await shown(page)).packets.filter(isInFlight)).toEqual([])
  })
})

describe('the past', () => {
  test('is the whole screen as it was, cannot be changed, and gives way to now', async ({
    app,
  }) => {
    const { page } = app
    await page.emulateMedia({ reducedMotion: 'reduce' })
    await ready(page)
    // No real time passes between the messages, so that they are as far apart on a busy machine.
    await pause(page)
    await page.getByRole('button', { name: 'Send all' }).click()
    await expect.poll(async () => (await packets(page)).filter(isInFlight), SETTLED).toHaveLength(1)
    const moments = [await shown(page)]
    // Some steps change the packets alone: on to where the last three moments differ in the switching table too.
    const tableAt = (place: number) => JSON.stringify(moments.at(place)?.table)
    while (moments.length < 3 || tableAt(-1) === tableAt(-3)) {
      await step(page)
      moments.push(await shown(page))
    }
    const now = moments.length - 1

    await page.getByRole('button', { name: 'Step back' }).click()
    const band = page.getByRole('region', { name: 'The past' })
    await band.getByText('the lab is paused').waitFor()
    expect(await shown(page)).toEqual(moments[now - 1])
    await page.getByRole('button', { name: 'Step back' }).click()
    await movedFrom(page, moments[now - 1])
    expect(await shown(page)).toEqual(moments[now - 2])
    await page.getByRole('button', { name: 'Step', exact: true }).click()
    await movedFrom(page, moments[now - 2])
    expect(await shown(page)).toEqual(moments[now - 1])
    await app.screenshot('the-past')

    await page.keyboard.press('a')
    await page
      .getByRole('region', { name: 'Notices' })
      .getByText('nothing done here can change what happened')
      .waitFor()
    await page.keyboard.press('s')
    expect(await shown(page)).toEqual(moments[now - 1])
    await band.getByRole('button', { name: 'Back to now' }).click()
    await band.waitFor({ state: 'detached' })
    expect(await shown(page)).toEqual(moments[now])
    await page.getByRole('button', { name: 'Play', exact: true }).waitFor()
  })

  fresh('goes back to the beginning, and plays on from any moment to its end', async ({ app }) => {
    const { page } = app
    await page.emulateMedia({ reducedMotion: 'reduce' })
    await ready(page)
    await sendMessage(page, { client: 'Client 1', policy: '111', payload: 'once more' })
    await page
      .getByRole('button', { name: /^Client 1,.* 1 answer, last answer correct$/ })
      .waitFor()
    await pause(page)
    const now = await shown(page)
    const handle = page.getByRole('slider', { name: 'Moment' })

    await handle.press('Home')
    const band = page.getByRole('region', { name: 'The past' })
    await band.getByText(/The past: 00:00\.\d{3}$/).waitFor()
    await page
      .getByText('0 clients · 0 servers · 0 packets in flight')
      .waitFor({ state: 'attached' })
    expect(await packets(page)).toEqual([])

    // Dragged to the end of the second third, where the pool is up.
    const { x, y, width, height } = (await page.locator('.scrubber').boundingBox()) ?? NOWHERE
    const at = (share: number) => ({ x: x + share * width, y: y + height / 2 })
    const grip = (await handle.boundingBox()) ?? NOWHERE
    await page.mouse.move(grip.x + grip.width / 2, grip.y + grip.height / 2)
    await page.mouse.down()
    for (const share of [0.2, 0.4, 0.6]) await page.mouse.move(at(share).x, at(share).y)
    await page.mouse.up()
    await expect.poll(() => moment(page), SETTLED).toBeGreaterThan(1)
    await page.getByText('6 clients · 4 servers').waitFor({ state: 'attached' })
    expect((await shown(page)).packets.length).toBeLessThanOrEqual(now.packets.length)

    await page.keyboard.press(']')
    await page.getByRole('button', { name: 'Play', exact: true }).click()
    await band.getByText('playing').waitFor()
    await band.getByText('now is next').waitFor(SETTLED)
    expect(await shown(page)).toEqual(now)

    await handle.press('End')
    await band.waitFor({ state: 'detached' })
    expect(await shown(page)).toEqual(now)
  })
})

const NOWHERE = { x: 0, y: 0, width: 0, height: 0 }

async function ready(page: Page): Promise<void> {
  await page.getByRole('button', { name: /^Server 400,.* up$/ }).waitFor()
}

/** Resolves when every client's message is in flight, slowly enough to pause before one arrives. */
async function everybodySends(page: Page): Promise<void> {
  await ready(page)
  for (let press = 0; press < 2; press++) await page.keyboard.press('[')
  await page.getByRole('button', { name: 'Send all' }).click()
  const questions = async () =>
    (await packets(page)).filter((row) => row.Type === 'message' && row.To === 'proxy')
  await expect.poll(questions, SETTLED).toHaveLength(CLIENTS)
}

/** Resolves when the step is over and the screen shows all of its packets: a frame before may have a part of them. */
async function step(page: Page): Promise<void> {
  await carryOut(page, { type: 'step' })
  const lab = await labState(page)
  const counts = async () => {
    const rows = await packets(page)
    return { all: rows.length, inFlight: rows.filter(isInFlight).length }
  }
  const expected = { all: lab.packets.length, inFlight: lab.inFlight.size }
  await expect.poll(counts, SETTLED).toEqual(expected)
}

async function furtherStep(page: Page, name: string): Promise<void> {
  await page.getByRole('button', { name: 'More steps' }).click()
  await page.getByRole('menuitem', { name }).click()
}

/** Resolves when the screen shows another moment. */
async function movedFrom(page: Page, before: unknown): Promise<void> {
  await expect.poll(() => shown(page), SETTLED).not.toEqual(before)
}
