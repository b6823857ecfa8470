// What each key does, and where the focus is afterwards.
import { describe, expect } from 'vitest'
import { appTest } from './app'
import { switchingTable } from './screen'

const test = appTest({ latencyMs: 20, scope: 'file' })
const SETTLED = { timeout: 20_000 }

describe('with the keyboard alone', () => {
  test('the focus goes on to a neighbour when a node is removed, which the same key does not remove too', async ({
    app,
  }) => {
    const { page } = app
    await expect.poll(() => switchingTable(page), SETTLED).toHaveLength(4)
    const focused = () => page.evaluate(() => document.activeElement?.getAttribute('data-id'))

    await page.getByRole('button', { name: /^Server 400,/ }).press('Enter')
    await page.getByRole('toolbar', { name: 'Server 400' }).getByLabel('Remove').press('Enter')
    await expect.poll(() => switchingTable(page), SETTLED).toHaveLength(3)
    await page.getByRole('button', { name: /^Client 6,/ }).press('Enter')
    await page.getByRole('button', { name: 'Remove client 6' }).press('Enter')
    await page.getByRole('button', { name: /^Client 6,/ }).waitFor({ state: 'detached' })
    expect(await focused()).toBe('client:5')

    // The same key once more must not take away a node that nobody has chosen.
    const { keyboard } = page
    await page.getByRole('button', { name: /^Client 2,/ }).focus()
    await keyboard.press('Delete')
    await page.getByRole('button', { name: /^Client 2,/ }).waitFor({ state: 'detached' })
    expect(await focused()).toBe('client:3')
    await keyboard.press('Delete')
    await page.getByText('To remove client 3 too, press Enter to select it').waitFor()
    await keyboard.press('Enter')
    await keyboard.press('Delete')
    await page.getByRole('button', { name: /^Client 3,/ }).waitFor({ state: 'detached' })
    await page.getByRole('button', { name: /^Client 4,/ }).waitFor()
  })

  test('the sequence diagram fills the window, with the decisions of the proxy, and gives it back', async ({
    app,
  }) => {
    const { page } = app
    const { keyboard } = page
    const graph = page.getByRole('region', { name: 'Graph of clients, proxy and servers' })
    await page.getByRole('button', { name: /^Server 400,.* up$/ }).waitFor()
    await keyboard.press('a')
    await page.getByRole('button', { name: /^Client 6,.* last answer correct$/ }).waitFor()
    await keyboard.press('w')
    await graph.waitFor({ state: 'detached' })
    await page
      .getByRole('option', { name: /server 100/ })
      .first()
      .waitFor()
    await app.screenshot('sequence-full')
    await keyboard.press('Escape')
    await graph.waitFor()
  })

  test('the space bar pauses after a click, a sent message and a choice in the menu', async ({
    app,
  }) => {
    const { page } = app
    const { keyboard } = page
    const play = page.getByRole('button', { name: 'Play', exact: true })
    const pause = page.getByRole('button', { name: 'Pause', exact: true })
    await page.getByRole('button', { name: /^Server 400,.* up$/ }).waitFor()
    await page.getByRole('button', { name: 'Send all' }).click()
    await keyboard.press('Space')
    await play.waitFor()
    await keyboard.press('Space')
    await pause.waitFor()

    await keyboard.press('m')
    await page.getByRole('dialog', { name: 'Message' }).waitFor()
    await keyboard.press('Enter')
    await page.getByRole('dialog', { name: 'Message' }).waitFor({ state: 'detached' })
    await keyboard.press('Space')
    await play.waitFor()

    await page.getByRole('button', { name: 'More', exact: true }).click()
    await page.getByRole('menuitem', { name: 'Fit the view' }).press('Enter')
    await expect
      .poll(() => page.evaluate(() => document.activeElement?.getAttribute('aria-label')))
      .toBe('More')
    await keyboard.press('Space')
    await pause.waitFor()
    expect(await page.getByRole('menu').count()).toBe(0)
    await keyboard.press('p')
    await play.waitFor()
    await keyboard.press('p')
    await pause.waitFor()

    // Reached with Tab, a button has the space bar.
    await page.getByRole('button', { name: 'Send all' }).focus()
    await keyboard.press('Tab')
    await keyboard.press('Space')
    await page.getByRole('dialog', { name: 'Message' }).waitFor()
    await keyboard.press('Escape')
    await page.getByRole('dialog', { name: 'Message' }).waitFor({ state: 'detached' })
  })

  test('keys act on the focused node or link, and Escape leaves the focus where it was', async ({
    app,
  }) => {
    const { page } = app
    const { keyboard } = page
    await page.getByRole('button', { name: /^Server 400,.* up$/ }).waitFor()
    const focused = () => page.evaluate(() => document.activeElement?.getAttribute('data-id'))
    const isArmed = (id: string) =>
      page
        .getByRole('button', {
          name: new RegExp(`^Client ${id},.* its next packet is going to be held$`),
        })
        .waitFor()

    const selected = page.getByRole('button', { name: /^Client 2,/, pressed: true })
    await page.getByRole('button', { name: /^Client 2,/ }).press('Enter')
    await selected.press('h')
    await isArmed('2')
    await page.getByRole('button', { name: /^Client 4,/ }).focus()
    await keyboard.press('ArrowRight')
    expect(await focused()).toBe('link:client:4')
    await page
      .getByRole('button', {
        name: 'Link between the proxy and client 4: hold its next packet',
        exact: true,
      })
      .waitFor()
    await keyboard.press('Enter')
    await isArmed('4')
    await keyboard.press('ArrowDown')
    expect(await focused()).toBe('link:client:5')
    // Never the selected node, which is another one.
    await keyboard.press('Delete')
    await page.getByText('A link is removed with its node: client 5.').waitFor()
    await page.getByRole('group', { name: /^Reverse proxy,/ }).press('Backspace')
    await page.getByText('The proxy cannot be removed.').waitFor()
    await selected.waitFor()
    await page.getByRole('button', { name: /^Link between the proxy and client 5/ }).focus()
    await keyboard.press('ArrowLeft')
    expect(await focused()).toBe('client:5')

    await keyboard.press('Enter')
    await keyboard.press('Escape')
    expect(await focused()).toBe('client:5')
    await keyboard.press('m')
    await page.getByRole('dialog', { name: 'Message' }).waitFor()
    await keyboard.press('Escape')
    await page.getByRole('dialog', { name: 'Message' }).waitFor({ state: 'detached' })
    // A closed dialog gives the focus back in a turn of its own.
    await expect.poll(focused).toBe('client:5')
    await keyboard.press('Enter')
    await page.getByRole('complementary', { name: 'Inspector' }).getByLabel('Id').focus()
    await page.getByRole('button', { name: 'Remove client 5' }).focus()
    await keyboard.press('Escape')
    expect(await focused()).toBe('client:5')
    await keyboard.press('Delete')
    await page.getByRole('button', { name: /^Client 5,/ }).waitFor({ state: 'detached' })
  })

  test('a policy is selected, and gets another algorithm', async ({ app }) => {
    const { page } = app
    const { keyboard } = page
    const inspector = page.getByRole('complementary', { name: 'Inspector' })
    const chosen = inspector.getByLabel('Algorithm')
    const notices = page.getByRole('region', { name: 'Notices' })
    await expect.poll(() => switchingTable(page), SETTLED).not.toHaveLength(0)
    const box = page.getByRole('group', { name: /^policy 111, / })
    await box.press('Enter')
    await inspector.getByRole('heading', { name: 'Policy 111' }).waitFor()
    await inspector
      .getByRole('row', { name: /^up · 0 messages in hand/ })
      .first()
      .waitFor()

    // Enter again opens its menu; then the first letter of the algorithm.
    await box.press('Enter')
    await page.getByRole('menu', { name: 'Algorithm of policy 111' }).waitFor()
    await page
      .getByRole('menuitemradio', { name: 'Maglev Google, even slots in a table' })
      .waitFor()
    await keyboard.press('m')
    await page.locator('[role=menuitemradio]:focus', { hasText: /^Maglev/ }).waitFor()
    await keyboard.press('Enter')
    await notices.getByText('Policy 111 changed to “Maglev”.').waitFor()
    await expect.poll(() => chosen.inputValue()).toBe('maglev')
    await inspector.getByLabel('Table size').waitFor()

    // The other algorithms run beside it once somebody looks.
    await box.press('a')
    const others = inspector.getByRole('button', { name: 'What the others would have picked' })
    await others.press('Enter')
    await inspector.getByText(/^Nobody looked when this decision was made\./).waitFor()
    await others.press('a')
    await inspector.getByRole('row', { name: /^Maglev has picked \d00 –$/ }).waitFor()
    await inspector.getByRole('row', { name: /^Round-robin (≠ )?\d00 \d of 3$/ }).waitFor()

    // With the pointer, at the ring: two clicks.
    await page.locator('.roundabout-turn', { hasText: /^Maglev for 111/ }).click()
    await page.getByRole('menuitemradio', { name: /^Least connections nginx/ }).click()
    await notices.getByText('Policy 111 changed to “Least connections”.').waitFor()
    await notices.getByRole('button', { name: 'Undo' }).click()
    await expect.poll(() => chosen.inputValue()).toBe('maglev')

    // A click on a ring selects its policy.
    const ring = page.locator('[data-policy="222"] .ring-target')
    const height = (await ring.boundingBox())?.height ?? 0
    await ring.click({ position: { x: 6, y: height / 2 } })
    await inspector.getByRole('heading', { name: 'Policy 222', exact: true }).waitFor()
    await inspector.getByRole('button', { name: '200', exact: true }).focus()
    await keyboard.press('Escape')
    await inspector.getByRole('heading', { name: 'Nothing selected' }).waitFor()
    const focused = () => page.evaluate(() => document.activeElement?.getAttribute('data-id'))
    expect(await focused()).toBe('policy:222')
  })

  test('Tab reaches the toolbar, the graph and the panels', async ({ app }) => {
    const { page } = app
    await page.getByRole('button', { name: /^Server 400,/ }).waitFor()
    const reached = new Set<string>()
    for (let presses = 0; presses < 60 && reached.size < 3; presses++) {
      await page.keyboard.press('Tab')
      const place = await page.evaluate(() => {
        const focused = document.activeElement
        if (focused?.closest('header')) return 'toolbar'
        if (focused?.closest('.react-flow')) return 'graph'
        return focused?.matches('[role=tab]') ? 'panels' : ''
      })
      if (place) reached.add(place)
    }
    expect([...reached].sort()).toEqual(['graph', 'panels', 'toolbar'])
  })
})
