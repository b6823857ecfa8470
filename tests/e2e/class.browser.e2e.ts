// A class: the instructor opens the lab to the room and asks; a phone of 360 px joins by the code, answers, and sees the
// reveal on the real packet.
import { connect } from 'node:net'
import axe from 'axe-core'
import type { Page } from 'playwright-core'
import { expect } from 'vitest'
import { appTest } from './app'
import { choose, savedBy } from './files'

/** The whole page for phones, compressed. */
const MAX_PAGE_BYTES = 300_000
/** It looks at both screens through axe's eyes, a dozen times. */
const TIMEOUT_MS = 120_000
const TAGS = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice']

const test = appTest({ latencyMs: 0 })

async function expectAccessible(page: Page, part: string | undefined): Promise<void> {
  for (const colorScheme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' })
    // In dark, only colours differ.
    const { violations } = await page.evaluate(
      ([selector, runOnly]) => window.axe.run(selector ?? document, { runOnly }),
      [part, colorScheme === 'light' ? TAGS : ['color-contrast']] as const,
    )
    expect(violations.map(({ id, nodes }) => [id, nodes.map(({ html }) => html)])).toEqual([])
  }
}

test(
  'a class is asked which server is next, votes twice, and sees it',
  async ({ app }) => {
    const { page } = app
    await page.evaluate(axe.source)
    await choose(page, 'Open to the room…')
    const dialog = page.getByRole('dialog')
    await dialog.getByRole('radio', { name: /^127\.0\.0\.1/ }).check()
    await expectAccessible(page, 'dialog')
    await dialog.getByRole('button', { name: 'Open to the room' }).click()
    await dialog.getByText('Nobody is here yet.').waitFor()
    await expectAccessible(page, 'dialog')
    const code = (await dialog.locator('.room-code').textContent())?.replace(' ', '') ?? ''
    const address = (await dialog.locator('.room-url').textContent()) ?? ''

    const browser = page.context().browser()
    const context = await browser?.newContext({
      viewport: { width: 360, height: 740 },
      isMobile: true,
      hasTouch: true,
    })
    const phone = await context?.newPage()
    if (context === undefined || phone === undefined) throw new Error('There is no browser.')
    const errors: string[] = []
    phone.on('pageerror', ({ message }) => errors.push(message))
    phone.on('console', (message) => message.type() === 'error' && errors.push(message.text()))
    const sizes: Promise<number>[] = []
    phone.on('requestfinished', (request) =>
      sizes.push(request.sizes().then(({ responseBodySize }) => responseBodySize)),
    )
    await phone.goto(address)
    await phone.evaluate(axe.source)
    const codeField = phone.getByRole('textbox', { name: 'The code from the wall' })
    await phone.getByRole('button', { name: 'Join' }).tap()
    await phone.getByText('Enter the six letters and digits').waitFor()
    await codeField.fill('AAAAAA')
    await phone.getByRole('button', { name: 'Join' }).tap()
    await phone.getByRole('alert').getByText('This is not the code').waitFor()
    await expectAccessible(phone, undefined)
    await codeField.fill(code.toLowerCase())
    await phone.getByRole('textbox', { name: 'A name' }).fill('Ana')
    await phone.getByRole('button', { name: 'Join' }).tap()
    await phone.getByRole('button', { name: 'Ana' }).waitFor()
    const bytes = (await Promise.all(sizes)).reduce((sum, size) => sum + size, 0)
    expect(bytes).toBeGreaterThan(20_000)
    expect(bytes).toBeLessThan(MAX_PAGE_BYTES)

    await dialog.getByText('1 viewer here').waitFor()
    // From the keyboard, the focus goes along.
    await page.keyboard.press('Enter')
    const panel = page.getByRole('region', { name: 'The class' })
    await panel.locator('h2:focus').waitFor()
    await panel.getByRole('combobox', { name: 'Policy' }).selectOption('111')
    await panel.getByRole('button', { name: 'Ask', exact: true }).click()
    await panel.getByText('0 of 1 have answered').waitFor()
    await phone.getByRole('button', { name: 'Server 300' }).tap()
    await phone.getByText('Your answer is in: Server 300.').waitFor()
    await panel.getByText('1 of 1 have answered').waitFor()
    await panel.getByRole('button', { name: 'Raised hands…' }).click()
    await panel.getByRole('spinbutton', { name: 'Server 100' }).fill('12')
    await panel.getByRole('button', { name: 'Count these hands' }).click()
    await panel.getByText('and 12 by hand').waitFor()
    await expectAccessible(page, '.vote-panel')
    // On the wall, the question stands above the receipt.
    await page.keyboard.press('*')
    await page.getByRole('region', { name: 'Receipt' }).waitFor()
    await panel.getByText('and 12 by hand').waitFor()
    await expectAccessible(page, '.canvas-place')
    await app.screenshot('class-stage')
    await page.keyboard.press('*')

    // A phone that was put away comes back without the code, and finds the second vote.
    await panel.getByRole('button', { name: 'Vote again' }).click()
    await phone.reload()
    await phone.evaluate(axe.source)
    await phone.getByText('talk to your neighbour').waitFor()
    await phone.getByRole('button', { name: 'Server 100' }).tap()
    await panel.getByText('1 of 1 have answered').waitFor()
    await expectAccessible(phone, undefined)
    await phone.screenshot({ path: 'test-results/class-phone-vote.png' })
    await app.screenshot('class-vote')

    await panel.getByRole('button', { name: 'Reveal' }).click()
    await panel.getByText('It went to server 100.').waitFor()
    await phone.getByRole('heading', { name: 'It went to server 100.' }).waitFor()
    await phone.getByText('You said Server 100.').waitFor()
    await page
      .getByRole('button', { name: /^Client 1,.* 1 answer, last answer correct$/ })
      .waitFor()
    await expectAccessible(phone, undefined)
    expect(await phone.evaluate(() => document.documentElement.scrollWidth)).toBe(360)
    await phone.screenshot({ path: 'test-results/class-phone-reveal.png', fullPage: true })

    // Follows what the instructor selects, until it looks by itself.
    await page.getByRole('button', { name: /^Server 300,/ }).click()
    await phone.getByRole('heading', { name: 'Server 300' }).waitFor()
    // The pointer is still over it.
    await page.keyboard.press('z')
    await phone.getByText('In the spotlight: server 300').waitFor()
    expect(await page.locator('.node.server:not(.is-dimmed)').count()).toBe(1)
    await expectAccessible(phone, undefined)
    await app.screenshot('class-spotlight')
    await phone.screenshot({ path: 'test-results/class-phone-spotlight.png' })
    await page.keyboard.press('Escape')
    await phone.getByText('In the spotlight').waitFor({ state: 'detached' })
    await phone.getByRole('combobox', { name: 'Look at' }).selectOption('Client 1')
    await phone.getByRole('heading', { name: 'Client 1' }).waitFor()
    await phone.getByText(/^Message \d+, client 1 to reverse proxy/).tap()
    await phone.getByText('"payload":"xyz1"').waitFor()
    expect(await phone.getByRole('checkbox', { name: 'Follow the instructor' }).isChecked()).toBe(
      false,
    )

    await panel.getByRole('button', { name: 'Next question' }).click()
    // A number may be typed as people write it; other text is refused in words.
    await panel.getByText('Number', { exact: true }).click()
    await panel.getByLabel('Question').fill('How long?')
    await panel.getByLabel('Unit, if it has one').fill('ms')
    await panel.getByRole('button', { name: 'Ask', exact: true }).click()
    const number = phone.getByRole('textbox', { name: 'My answer' })
    await number.fill('long')
    await number.press('Enter')
    await phone.getByText('Nothing was sent.').waitFor()
    await expectAccessible(phone, undefined)
    await number.fill('1,200 ms')
    await number.press('Enter')
    await phone.getByText('Your answer is in: 1200 ms.').waitFor()
    await panel.getByRole('button', { name: 'End the question' }).click()
    const results = await savedBy(app, () =>
      panel.getByRole('button', { name: 'Save the results so far (CSV)' }).click(),
    )
    expect(results.bytes.toString()).toContain(',2,1,Ana,Server 100,1,Server 100,yes')

    // It takes part: as a client whose messages are real ones.
    await panel.getByRole('tab', { name: 'Clients' }).click()
    await panel.getByRole('button', { name: 'To all who want one' }).click()
    await phone.getByRole('button', { name: 'Get a client' }).tap()
    const heading = await phone.getByRole('heading', { name: 'You are client' }).textContent()
    const id = heading?.replace('You are client ', '')
    await phone.getByRole('textbox', { name: 'Payload' }).fill('from Ana')
    await phone.getByRole('button', { name: 'Send', exact: true }).tap()
    await phone.getByText(/^Server \d+ answered after/).waitFor()
    await page
      .getByRole('button', { name: new RegExp(`^Client ${id},.* 1 answer, last answer correct$`) })
      .waitFor()
    await panel.getByText(`Client ${id}`).waitFor()
    await expectAccessible(phone, undefined)
    await expectAccessible(page, '.vote-panel')

    // And as a server that answers by hand: one hash is right, and the next one is not.
    await panel.getByRole('tab', { name: 'Servers' }).click()
    await panel.getByRole('combobox', { name: 'They serve policy' }).selectOption('222')
    await panel.getByRole('button', { name: 'To all who want one' }).click()
    await phone.getByRole('button', { name: 'Get a server' }).tap()
    const served = await phone.getByRole('heading', { name: 'You are server' }).textContent()
    const server = served?.replace('You are server ', '')
    const card = (words: string) =>
      page.getByRole('button', { name: new RegExp(`^Server ${server},.* answers by hand${words}`) })
    await card('$').click()
    await page.getByRole('heading', { name: 'To answer by hand' }).waitFor()
    // Three servers take turns.
    for (let count = 0; count < 4; count++) {
      await page.getByRole('button', { name: 'Send all' }).click()
    }
    await card(', 1 message to answer, 3 waiting in it').waitFor()
    await phone.getByText('3 more messages in your queue').waitFor()
    await expectAccessible(page, '.by-hand')
    await app.screenshot('class-by-hand')
    await expectAccessible(phone, undefined)
    const typed = phone.getByRole('textbox', { name: 'Your answer' })
    const hash = await phone.locator('.class-hash').textContent()
    await typed.fill(hash?.replaceAll(' ', '') ?? '')
    await phone.screenshot({ path: 'test-results/class-phone-server.png', fullPage: true })
    await phone.getByRole('button', { name: 'Answer', exact: true }).tap()
    await phone.getByText('right', { exact: true }).waitFor()
    await typed.fill('no idea')
    await typed.press('Enter')
    await phone.getByText('wrong: it is not the hash of the payload').waitFor()
    await card(', 1 message to answer, 1 waiting in it').waitFor()
    // The instructor can take a turn.
    await page.getByRole('textbox', { name: /^Answer/ }).fill('no idea, either')
    await page.keyboard.press('Enter')
    await card(', 1 message to answer$').waitFor()
    await expectAccessible(phone, undefined)
    expect(await phone.evaluate(() => document.documentElement.scrollWidth)).toBe(360)

    // Programs of the room join, have the name of the viewer at their address, and fold to one node.
    await panel.getByRole('tab', { name: 'Programs' }).click()
    await panel.getByRole('button', { name: 'Let programs join…' }).click()
    await expectAccessible(page, '.vote-panel')
    await panel.getByRole('button', { name: 'Let programs join', exact: true }).click()
    const at = (await panel.locator('.programs-address strong').textContent()) ?? ''
    await phone.getByText(at, { exact: true }).tap()
    const [host, port] = at.split(':')
    const program = connect({ host, port: Number(port) })
    program.write('{"type":0,"srcid":77,"privPoliId":111,"payloadsize":2,"payload":"hi"}')
    await page.getByRole('button', { name: /^Outside client 77 \(Ana\),.* 1 answer/ }).waitFor()
    await panel.getByText(/^1 client, 0 servers here\. Clients have sent 1 message/).waitFor()
    await phone.getByText(/^From this device: 1 client, 0 servers$/).waitFor()
    await expectAccessible(phone, undefined)
    await expectAccessible(page, '.vote-panel')
    await panel.getByRole('button', { name: 'Close the panel' }).click()
    await page.getByRole('button', { name: 'Fold all' }).click()
    await page.getByRole('button', { name: /^Programs of Ana, folded, 1 client/ }).press('Enter')
    await page.getByRole('menuitem', { name: 'Clear all programs of Ana' }).waitFor()
    await expectAccessible(page, '.canvas')
    await page.getByRole('menuitem', { name: 'Clear all programs of Ana' }).click()
    await page.getByRole('button', { name: /^Programs of Ana/ }).waitFor({ state: 'detached' })
    await new Promise((resolve) => program.once('close', resolve).resume())

    const opened = context.waitForEvent('page')
    await phone.getByRole('link', { name: 'Open the whole lab' }).tap()
    const whole = await opened
    await whole.getByText('Viewer', { exact: true }).waitFor()
    await whole.setViewportSize({ width: 1280, height: 720 })
    await whole.getByText('the address on the page of the class').waitFor()

    await page.getByRole('button', { name: 'End the class' }).click()
    await phone.getByText('The class is over').waitFor()
    await page
      .getByRole('button', { name: new RegExp(`^Client ${id},`) })
      .waitFor({ state: 'detached' })
    await page.keyboard.press('u')
    await panel.locator('h2:focus').waitFor()
    await panel.getByRole('button', { name: 'Save its results (CSV)' }).waitFor()
    expect(errors).toEqual([])
    await context.close()
  },
  TIMEOUT_MS,
)
