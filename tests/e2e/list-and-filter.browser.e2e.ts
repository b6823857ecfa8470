// Many packets: the list filtered, sorted and copied, and an exchange drawn as a sequence diagram.
import type { Locator, Page } from 'playwright-core'
import { describe, expect } from 'vitest'
import { appTest } from './app'
import { clipboardText } from './clipboard'
import { savedBy } from './files'
import { listed, packets, type Row } from './screen'

const test = appTest({ latencyMs: 20, scope: 'file' })
const SETTLED = { timeout: 20_000 }

describe('the filter', () => {
  test('narrows the list, dims the rest of the canvas, and says what it does not understand', async ({
    app,
  }) => {
    const { page } = app
    await everybodyIsAnswered(page)
    const box = page.getByRole('combobox', { name: 'Filter the packets' })
    await box.fill('client:3 type:2')
    await expect.poll(() => ways(page), SETTLED).toEqual(['server 200 → proxy', 'proxy → client 3'])
    await page.getByText(/^2 of 28$/).waitFor()
    const dimmed = page.locator('.node.is-dimmed')
    await expect.poll(() => dimmed.count(), SETTLED).toBe(8)
    expect(await card(page, 'Client 3').getAttribute('class')).not.toContain('is-dimmed')
    expect(await card(page, 'Server 200').getAttribute('class')).not.toContain('is-dimmed')

    await box.fill('client:3 tipe:2')
    await page.getByText('There is no “tipe:”. Did you mean “type:”?').first().waitFor()
    await box.press('Enter')
    await page.getByText('There is no “tipe:”. Did you mean “type:”?').first().waitFor()
    expect(await box.getAttribute('aria-invalid')).toBe('true')
    expect(await ways(page)).toHaveLength(2)
    await app.screenshot('filter-mistake')

    await box.fill('hash:wrong')
    await page.getByText('No packet matches.').waitFor()
    await page.getByRole('button', { name: 'Clear the filter' }).first().click()
    await expect.poll(() => ways(page), SETTLED).toHaveLength(28)
    expect(await dimmed.count()).toBe(0)
  })

  test('is completed from the keyboard', async ({ app }) => {
    const { page } = app
    const { keyboard } = page
    await everybodyIsAnswered(page)
    await keyboard.press('/')
    await keyboard.type('cl')
    const offers = page.getByRole('listbox', { name: 'Completions' })
    await offers.getByRole('option', { name: 'client:' }).waitFor()
    await keyboard.press('ArrowDown')
    await keyboard.press('Enter')
    const box = page.getByRole('combobox', { name: 'Filter the packets' })
    await expect.poll(() => box.inputValue(), SETTLED).toBe('client:')
    await offers.getByRole('option').filter({ hasText: 'client 5' }).waitFor()
    await keyboard.type('5')
    await keyboard.press('ArrowDown')
    await keyboard.press('Tab')
    await expect.poll(() => box.inputValue(), SETTLED).toBe('client:5 ')
    await keyboard.type('type:0')
    await keyboard.press('Enter')
    await expect.poll(() => ways(page), SETTLED).toEqual(['client 5 → proxy', 'proxy → server 400'])
    await box.press('End')
    await keyboard.type(' cl')
    await offers.waitFor()
    await box.press('Escape')
    await offers.waitFor({ state: 'hidden' })
    expect(await box.inputValue()).toBe('client:5 type:0 cl')
    await box.press('Escape')
    await expect.poll(() => box.inputValue(), SETTLED).toBe('')
  })
})

describe('the list of packets', () => {
  test('is sorted by a column, shows the columns that are chosen, and is copied', async ({
    app,
  }) => {
    const { page } = app
    await everybodyIsAnswered(page)
    // Any point of the heading's cell works.
    const heading = page.getByRole('columnheader', { name: 'Type' })
    const { width = 0 } = (await heading.boundingBox()) ?? {}
    await heading.click({ position: { x: width - 10, y: 3 } })
    const sorted = page.getByRole('grid', { name: 'Packets by type, ascending' })
    await sorted.waitFor()
    const types = (await listed(page, 'Packets by type, ascending')).map((row) => row.Type)
    expect(types).toEqual(types.toSorted((one, other) => ORDER.indexOf(one) - ORDER.indexOf(other)))
    await page.getByRole('button', { name: 'Time', exact: true }).click()

    await page.getByRole('button', { name: 'Columns' }).click()
    await page.getByRole('menuitemcheckbox', { name: 'Status' }).click()
    await page.getByRole('menuitemcheckbox', { name: 'Payload' }).click()
    await page.keyboard.press('Escape')
    const [first] = await packets(page)
    expect(Object.keys(first ?? {})).toEqual(
      expect.arrayContaining([
        'Time',
        'Type',
        'From',
        'To',
        'Policy',
        'Link',
        'Round trip',
        'Status',
      ]),
    )
    expect(first).not.toHaveProperty('Payload')
    expect(first?.Status).toBe('arrived')

    await choosePacket(page, 'is:question client:3')
    const clipboard = () => clipboardText(app)
    await copy(page, 'As JSON')
    await expect.poll(clipboard, SETTLED).toContain('"payload": "xyz3"')
    expect(JSON.parse(await clipboard())).toMatchObject([
      { type: 0, from: 'client:3', to: 'proxy', message: { srcid: 3, payload: 'xyz3' } },
    ])
    await copy(page, 'As a table')
    await expect.poll(clipboard, SETTLED).toContain('\t')
    const [headings, line] = (await clipboard()).split('\n').map((text) => text.split('\t'))
    expect(headings).toEqual([
      'Time',
      'Type',
      'From',
      'To',
      'Policy',
      'Link',
      'Round trip',
      'Status',
    ])
    expect(line?.slice(1, 5)).toEqual(['message', 'client 3', 'proxy', '222'])
    await copy(page, 'As bytes')
    await expect.poll(clipboard, SETTLED).toMatch(/^[0-9a-f]{2}( [0-9a-f]{2})+\n$/)
    const bytes = Buffer.from((await clipboard()).replaceAll(/\s/g, ''), 'hex')
    expect(JSON.parse(bytes.toString())).toMatchObject({ type: 0, srcid: 3, payload: 'xyz3' })
  })
})

describe('the sequence diagram', () => {
  test('draws an exchange in order, and is saved as SVG and as PNG', async ({ app }) => {
    const { page } = app
    await everybodyIsAnswered(page)
    await choosePacket(page, 'is:question client:3')
    await page.keyboard.press('2')
    await page.getByRole('button', { name: 'This exchange' }).click()
    const arrows = page.getByRole('option')
    await expect.poll(() => arrows.count(), SETTLED).toBe(4)
    expect(await arrows.evaluateAll((all) => all.map((arrow) => arrow.ariaLabel ?? ''))).toEqual([
      expect.stringMatching(/client message “xyz3”: client 3 to the proxy, .* arrived after/i),
      expect.stringMatching(/client message “xyz3”: the proxy to server 200, .* arrived after/i),
      expect.stringMatching(/: server 200 to the proxy, .* arrived after/),
      expect.stringMatching(/: the proxy to client 3, .* arrived after/),
    ])
    const tops = await arrows.evaluateAll((all) => all.map((a) => a.getBoundingClientRect().top))
    expect(tops).toEqual(tops.toSorted((one, other) => one - other))
    await app.screenshot('sequence')

    const save = (format: string) => page.getByRole('button', { name: `Save as ${format}` }).click()
    const svg = await savedBy(app, () => save('SVG'))
    expect(svg.name).toMatch(/\.svg$/)
    expect(await widthOf(page, svg.bytes.toString())).toBeGreaterThan(250)
    expect(svg.bytes.toString()).toContain('xyz3')
    const png = await savedBy(app, () => save('PNG'))
    expect(png.name).toMatch(/\.png$/)
    expect(png.bytes.subarray(0, 8).toString('hex')).toBe('89504e470d0a1a0a')
    // Its first chunk contains its size, and its last one ends it.
    expect(png.bytes.readUInt32BE(16)).toBeGreaterThan(500)
    expect(png.bytes.subarray(-8, -4).toString()).toBe('IEND')
  })
})

const ORDER: (string | undefined)[] = ['message', 'registration', 'answer', 'error']

const ways = async (page: Page) => (await packets(page)).map(wayOf)
const wayOf = (row: Row) => `${row.From} → ${row.To}`

/** Elements drawn for a node, by its name. */
function card(page: Page, name: string): Locator {
  return page.getByRole('button', { name: new RegExp(`^${name},`) }).locator('.node')
}

async function everybodyIsAnswered(page: Page): Promise<void> {
  await page.getByRole('button', { name: /^Server 400,.* up$/ }).waitFor()
  await page.getByRole('button', { name: 'Send all' }).click()
  await expect.poll(() => packets(page), SETTLED).toHaveLength(28)
  await page.getByRole('button', { name: /^Client 6,.* last answer correct$/ }).waitFor()
}

/** Selects the one packet that a filter matches. */
async function choosePacket(page: Page, filter: string): Promise<void> {
  const box = page.getByRole('combobox', { name: 'Filter the packets' })
  await box.fill(filter)
  await expect.poll(() => ways(page), SETTLED).toHaveLength(1)
  await page.locator('tbody').getByRole('row').click()
  await box.fill('')
  // The first Escape closes the completions, the second leaves the box.
  await box.press('Escape')
  await box.press('Escape')
}

async function copy(page: Page, form: string): Promise<void> {
  await page.getByRole('button', { name: 'Copy packets' }).click()
  await page.getByRole('menuitem', { name: form }).click()
}

/** Rejects if the text is not a well-formed picture. */
async function widthOf(page: Page, svg: string): Promise<number> {
  return page.evaluate(async (text) => {
    const picture = new Image()
    picture.src = `data:image/svg+xml,${encodeURIComponent(text)}`
    await picture.decode()
    return picture.naturalWidth
  }, svg)
}
