// Scenario files: saving the lab as one, and opening it by dialog and by drop.
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { Locator, Page } from 'playwright-core'
import { describe, expect } from 'vitest'
import { appTest } from './app'
import { ROOT } from './app-paths'
import { choose, dropFile, openFile, savedBy } from './files'
import { packets } from './screen'

const SETTLED = { timeout: 20_000 }
const test = appTest({ latencyMs: 100, scope: 'file' })
const node = (page: Page, name: RegExp) => page.getByRole('button', { name })
const example = (name: string) => readFile(join(ROOT, 'examples', `${name}.roundabout-scenario`))

describe('a scenario', () => {
  test('is what the lab was when it was saved', async ({ app }) => {
    const { page } = app
    await node(page, /^Server 400,.* up$/).waitFor()
    const dragged = page.locator('.react-flow__node[data-id="client:2"]')
    const tidy = await placeOf(dragged)
    // The graph may still be arranging itself under the mouse: then there is nothing to drag.
    await expect
      .poll(async () => {
        await dragged.hover()
        await page.mouse.down()
        await page.mouse.move(470, 120, { steps: 4 })
        await page.mouse.up()
        return placeOf(dragged)
      })
      .not.toBe(tidy)
    // The lab carries out commands in their order: with this server it knows the place.
    await page.keyboard.press('s')
    await node(page, /^Server 1001,.* up$/).waitFor()
    const place = await placeOf(dragged)
    const before = await nodesIn(page)
    const { name, bytes } = await savedBy(app, () => choose(page, 'Save the scenario'))
    expect(name).toMatch(/^roundabout-[\d-]+\.roundabout-scenario$/)
    expect(bytes.toString()).toContain('    { "id": "1001", "policy": "111" }\n  ],')
    expect(bytes.toString()).toMatch(/"places": \[\n {4}\{ "node": "client:2", "x": -?\d+, /)

    // The lab changes after saving.
    await page.keyboard.press('a')
    await expect.poll(async () => (await packets(page)).length, SETTLED).toBeGreaterThan(20)
    await page.keyboard.press('c')
    await node(page, /^Client 2001,/).waitFor()

    await openFile(page, 'Lesson 3.roundabout-scenario', bytes)
    const question = page.getByRole('dialog', { name: 'Open “Lesson 3”?' })
    await question.waitFor()
    await app.screenshot('open-a-scenario')
    const saved = await savedBy(app, () =>
      question.getByRole('button', { name: 'Save the recording first' }).click(),
    )
    expect(saved.name).toMatch(/\.roundabout$/)
    await question.getByRole('button', { name: 'Open', exact: true }).click()
    await node(page, /^Client 2001,/).waitFor({ state: 'detached' })
    await node(page, /^Server 1001,.* up$/).waitFor()
    expect(await nodesIn(page)).toEqual(before)
    expect(await placeOf(dragged)).toBe(place)
    await expect.poll(() => page.locator('.counts').textContent()).toContain('6 clients')

    // Reset now returns to this scenario, and an untouched lab needs no question first.
    await page.keyboard.press('s')
    await node(page, /^Server 1002,.* up$/).waitFor()
    await choose(page, 'Reset the lab')
    await page.getByRole('button', { name: 'Reset', exact: true }).click()
    await node(page, /^Server 1002,/).waitFor({ state: 'detached' })
    await node(page, /^Server 1001,.* up$/).waitFor()
    await choose(page, 'Back to the classic pool')
    await node(page, /^Server 1001,/).waitFor({ state: 'detached' })
    await node(page, /^Server 400,.* up$/).waitFor()
  })

  test('opens when it is dropped on the window, also over a recording', async ({ app }) => {
    const { page } = app
    await node(page, /^Server 400,.* up$/).waitFor()
    await dropFile(
      page,
      'one-server-per-policy.roundabout-scenario',
      await example('one-server-per-policy'),
    )
    await node(page, /^Client 4, policy 444/).waitFor()
    await node(page, /^Server 300, policy 333,.* up$/).waitFor()
    expect(await node(page, /^Server 400,/).count()).toBe(0)

    const { bytes } = await savedBy(app, () => choose(page, 'Save the recording'))
    await openFile(page, 'lesson.roundabout', bytes)
    const band = page.getByRole('region', { name: 'A recording' })
    await band.waitFor()
    await dropFile(
      page,
      'many-clients-one-policy.roundabout-scenario',
      await example('many-clients-one-policy'),
    )
    await band.waitFor({ state: 'detached' })
    await node(page, /^Client 12, policy 111/).waitFor()
    await node(page, /^Server 300, policy 111,.* up$/).waitFor()
    // The lab runs, although it was paused behind the recording.
    await page.getByRole('button', { name: 'Pause', exact: true }).waitFor()
    await app.screenshot('a-scenario')
  })
})

/** Where the graph shows a node, in its own units. */
function placeOf(node: Locator): Promise<string> {
  return node.evaluate((element) => (element as HTMLElement).style.transform)
}

/** Each node with its policy; whose turn is next is reported a moment later. */
async function nodesIn(page: Page): Promise<string[]> {
  const names = await page.locator('.react-flow__node').evaluateAll((nodes) =>
    nodes.map((element) => {
      const named = document.getElementById(element.getAttribute('aria-labelledby') ?? '')
      return named?.textContent ?? element.getAttribute('aria-label') ?? ''
    }),
  )
  const plain = names.map((name) => name.replace(/\. Next: .*/, ''))
  return plain.map((name) => name.split(',').slice(0, 2).join(',')).toSorted()
}
