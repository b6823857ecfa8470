// Walks a new lab through the main states of the screen, for a test that examines each of them and for the pictures.
import type { Page } from 'playwright-core'
import { expect } from 'vitest'
import type { App } from './app'
import { walkExperimentStates } from './experiment-states'
import { choose, openFile, savedBy } from './files'
import { walkLessonStates } from './lesson-states'
import { say } from './programs'
import { dismissNotices, proxyPort, sendMessage } from './screen'

/** As long as an id may be. */
const LONG_ID = `${'building-7-'.padEnd(61, 'rack-12-')}end`

/** Called in each state; `part` is a selector of what is new on the screen, if not the whole of it. */
export type Visit = (state: string, part?: string) => Promise<void>

export async function walkMainStates(app: App, at: Visit): Promise<void> {
  const { page } = app
  await page.getByRole('button', { name: /^Server 400,.* up$/ }).waitFor()
  await at('start')
  await nodes(page, at)
  await menus(page, at)
  await traffic(page, at)
  await panels(page, at)
  await held(page, at)
  await resilience(page, at)
  await walkExperimentStates(page, at)
  await narrow(page, at)
  await sharedIds(page, at)
  await manyPolicies(page, at)
  await otherTimes(app, at)
  await walkLessonStates(page, at)
}

async function nodes(page: Page, at: Visit): Promise<void> {
  const registration = { type: 1, id: LONG_ID, privPolyId: LONG_ID, listenport: 9 }
  await say(await proxyPort(page), registration)
  await page.getByRole('button', { name: /^Outside server building-7/ }).waitFor()
  await page.getByRole('button', { name: /^Outside server building-7/ }).click()
  await at('outside-server', '.inspector, .canvas-place')
  await page.getByRole('button', { name: 'Remove', exact: true }).click()
  await page.getByRole('button', { name: /^Client 2,/ }).click()
  await at('client', '.canvas-place')
  await page.getByRole('checkbox', { name: 'Traffic' }).check()
  await page.getByRole('textbox', { name: 'Clients', exact: true }).fill('40')
  await page.keyboard.press('Enter')
  await page.getByRole('button', { name: /^Client 2,.* a crowd of 40,.* stopped,/ }).waitFor()
  await at('source', '.inspector, .canvas-place')
  await page.getByRole('checkbox', { name: 'Traffic' }).uncheck()
  await page.getByRole('button', { name: 'Start traffic' }).first().waitFor({ state: 'detached' })
  await page.getByRole('button', { name: /^Server 100,/ }).dblclick()
  await page.getByRole('form', { name: 'Edit server 100' }).waitFor()
  await at('editing-a-server', '.edit-popover')
  await page.keyboard.press('Escape')
  await page.getByRole('group', { name: /^Reverse proxy,/ }).click()
  await at('proxy', '.inspector')
  await page.getByText('policy 111', { exact: true }).click()
  await at('policy', '.inspector, .canvas-place')
  await page.locator('.roundabout-turn', { hasText: 'next for 222' }).click()
  await page.getByRole('menu').waitFor()
  await at('menu-algorithm', '[role=menu]')
  await page.keyboard.press('Escape')
  await page.getByRole('menu').waitFor({ state: 'detached' })
}

async function menus(page: Page, at: Visit): Promise<void> {
  for (const name of ['More', 'More steps', /^Link latency/, 'Send message', /^Breakpoints/]) {
    const button = page.getByRole('button', { name, exact: true })
    await button.click()
    await page.locator('[role=menu], [role=dialog]').waitFor()
    await at(
      `menu-${String(name).replace(/\W+/g, '-').toLowerCase()}`,
      '[role=menu], [role=dialog]',
    )
    await page.keyboard.press('Escape')
    await page.locator('[role=menu], [role=dialog]').waitFor({ state: 'detached' })
  }
  await page.keyboard.press('?')
  await at('shortcuts', 'dialog')
  await page.keyboard.press('Escape')
  for (const [state, item] of [
    ['reset', 'Reset the lab…'],
    ['new-session', 'New session…'],
    ['open-recent', 'Open recent…'],
    ['earlier-notices', 'Earlier notices…'],
    ['export', 'Export the pools'],
  ] as const) {
    await choose(page, item)
    await page.getByRole('dialog').waitFor()
    await at(state, 'dialog')
    await page.keyboard.press('Escape')
    await page.getByRole('dialog').waitFor({ state: 'detached' })
  }
}

async function traffic(page: Page, at: Visit): Promise<void> {
  await sendMessage(page, { client: 'Client 2', policy: '999' })
  await page.getByRole('button', { name: /^Client 2,.* last answer an error/ }).waitFor()
  await at('nobody-serves', '.canvas-place')
  await page.getByRole('button', { name: 'Send all' }).click()
  await page.getByRole('button', { name: /^Server 100,.*in flight/ }).waitFor()
  await page.keyboard.press('p')
  await page.getByRole('button', { name: 'Play', exact: true }).waitFor()
  await sendMessage(page, { client: 'Client 1', payload: 'later' })
  await at('paused')
  await list(page)
    .getByRole('row')
    .filter({ hasText: 'answer' })
    .or(list(page).getByRole('row').nth(1))
    .first()
    .click()
  await at('packet', '.inspector')
  await page.keyboard.press('p')
  await page.getByRole('button', { name: /^Client 6,.* 1 answer\b/ }).waitFor()
  await list(page).getByRole('row').nth(1).click()
  await page.locator('.link.is-on-way').first().waitFor()
  await at('answer-and-its-way', '.inspector, .canvas-place')
  await page.getByRole('button', { name: 'Show its way again' }).click()
  const note = page.getByText(/again, not live$/)
  await note.waitFor()
  await at('way-again', '.canvas-place')
  await note.waitFor({ state: 'detached' })
}

async function panels(page: Page, at: Visit): Promise<void> {
  await page.keyboard.press('2')
  await page.getByRole('button', { name: 'This exchange' }).click()
  await page.getByRole('option').nth(3).waitFor()
  await at('sequence', '.dock')
  await page.keyboard.press('w')
  const graph = page.getByRole('region', { name: 'Graph of clients, proxy and servers' })
  await graph.waitFor({ state: 'detached' })
  await at('sequence-full')
  await page.keyboard.press('Escape')
  await graph.waitFor()
  await page.keyboard.press('3')
  await page.getByRole('grid', { name: 'Message switching table' }).getByText('300').click()
  await at('table', '.dock')
  await page.keyboard.press('4')
  await at('terminals', '.dock')
  await page.keyboard.press('1')
  const box = page.getByRole('combobox', { name: 'Filter the packets' })
  await box.fill('client:5 ')
  await page.getByRole('listbox', { name: 'Completions' }).waitFor()
  await at('filter', '.dock')
  await box.fill('client:5 tipe:1')
  await box.press('Enter')
  await at('filter-mistake', '.dock')
  await box.fill('')
  await box.press('Escape')
  await page.getByText('policy 111', { exact: true }).click()
  await page.getByRole('button', { name: 'What the others would have picked' }).click()
  await page.getByText(/^Nobody looked when this decision was made/).waitFor()
  await page.keyboard.press('a')
  await page.getByRole('row', { name: /^Maglev/ }).waitFor()
  await at('others', '.inspector')
  // What is held next must not be one of these answers.
  await page.getByRole('button', { name: /^Client 3,.* 2 answers\b/ }).waitFor()
}

async function held(page: Page, at: Visit): Promise<void> {
  await page.getByRole('button', { name: /^Client 3,/ }).click()
  await page.keyboard.press('h')
  await page.keyboard.press('a')
  await page.getByRole('button', { name: 'held: “xyz3”' }).click()
  await at('held')
  await page.getByRole('button', { name: 'Edit', exact: true }).click()
  await at('editing-a-packet', '.inspector')
  await page.getByRole('button', { name: 'Cancel' }).click()
  await page.keyboard.press('j')
  await page.getByRole('region', { name: 'Projector mode' }).waitFor()
  await at('projector')
  await page.keyboard.press('Escape')
  await page.getByRole('region', { name: 'Projector mode' }).waitFor({ state: 'detached' })
  const label = page.getByRole('button', { name: 'held: “xyz3”' })
  await expect
    .poll(async () => {
      await page.keyboard.press('r')
      return label.count()
    })
    .toBe(0)
}

/** Features that are on, servers that are full and that drain, and messages that wait. */
async function resilience(page: Page, at: Visit): Promise<void> {
  const inspector = page.getByRole('complementary', { name: 'Inspector' })
  await page.getByText('policy 111', { exact: true }).click()
  for (const heading of [/^Health/, /^When servers are full/, /^When messages fail/]) {
    await inspector.getByRole('button', { name: heading }).click()
  }
  const features = [
    'Passive health checks',
    'Active health checks',
    'Slow start',
    'Queue',
    'Retries',
  ]
  for (const feature of features) await inspector.getByLabel(feature, { exact: true }).check()
  await limit('1')
  await inspector.getByLabel('Places').fill('none')
  await page.keyboard.press('Enter')
  await inspector.getByText(/^It must be a whole number from 1 to 10000/).waitFor()
  await page.keyboard.press('Escape')
  // More messages than servers have room for: some wait for seconds, so that the page is seen with them.
  for (let time = 0; time < 4; time++) await page.getByRole('button', { name: 'Send all' }).click()
  await page
    .getByRole('list', { name: /waiting of 1024$/ })
    .getByRole('button')
    .first()
    .waitFor()
  await page.keyboard.press('p')
  await page.getByRole('button', { name: 'Play', exact: true }).waitFor()
  await inspector.getByLabel('Drain server 100').check()
  await page.getByRole('button', { name: /^Server 100,.* draining: 1 left/ }).waitFor()
  await dismissNotices(page)
  await at('resilience', '.inspector, .canvas-place')
  await page.keyboard.press('p')
  await inspector.getByLabel('Drain server 100').uncheck()
  await limit('0')
  for (const feature of features) await inspector.getByLabel(feature, { exact: true }).uncheck()

  async function limit(most: string): Promise<void> {
    for (const server of ['100', '300']) {
      await inspector.getByLabel(`Limit of server ${server}`).fill(most)
      await page.keyboard.press('Enter')
    }
  }
}

/** 320 pixels wide, as a window of 1280 pixels is at a zoom of 400 %. */
async function narrow(page: Page, at: Visit): Promise<void> {
  const size = page.viewportSize()
  await page.setViewportSize({ width: 320, height: 640 })
  await page.getByRole('button', { name: 'Add client' }).waitFor({ state: 'detached' })
  // Cards are small on the graph until one enlarges it, as places are on a map.
  await at('narrow', 'header, .timeline, .dock, .inspector')
  if (size) await page.setViewportSize(size)
  await page.getByRole('button', { name: 'Add client' }).waitFor()
}

async function otherTimes(app: App, at: Visit): Promise<void> {
  const { page } = app
  await page.getByRole('slider', { name: 'Moment' }).press('PageDown')
  await page.getByRole('region', { name: 'The past' }).waitFor()
  await page.getByRole('button', { name: /^Client 1,/ }).click()
  await at('past')
  const { bytes } = await savedBy(app, () => choose(page, 'Save the recording…'))
  await openFile(page, 'What we did on Tuesday.roundabout', bytes)
  await page.getByRole('region', { name: 'A recording' }).waitFor()
  await at('recording')
  await page.keyboard.press('b')
  await openFile(
    page,
    'nonsense.roundabout-scenario',
    Buffer.from(
      '{"format": "roundabout-scenario", "version": 2, "name": "x", "seed": "x", "servers": []}',
    ),
  )
  await page.getByRole('alert').filter({ hasText: 'nonsense' }).waitFor()
  await at('error', '.canvas-place')
  const empty = {
    format: 'roundabout-scenario',
    version: 2,
    name: 'Empty',
    servers: [],
    clients: [],
  }
  await openFile(page, 'empty.roundabout-scenario', Buffer.from(JSON.stringify(empty)))
  await page.getByRole('dialog').getByRole('button', { name: 'Open' }).click()
  await page.getByRole('button', { name: 'Add a server' }).waitFor()
  await at('empty')
}

/** Outside programs with the ids of a client and of a server of the lab. */
async function sharedIds(page: Page, at: Visit): Promise<void> {
  const port = await proxyPort(page)
  await say(port, { type: 0, srcid: 1, privPoliId: 111, payloadsize: 5, payload: 'hello' })
  await say(port, { type: 1, id: 300, privPoliId: 111, listenport: 9 })
  await page.getByRole('button', { name: /^Outside server 300/ }).waitFor()
  await at('shared-ids', '.canvas-place')
}

/** More than rings can show, with ids as long and as wide as they may be. */
async function manyPolicies(page: Page, at: Visit): Promise<void> {
  const port = await proxyPort(page)
  const wide = 'W'.repeat(LONG_ID.length)
  const policies = ['333', '444', LONG_ID, wide, `${wide.slice(1)}V`]
  for (const [index, privPoliId] of policies.entries()) {
    const id = `${LONG_ID.slice(1)}${index}`
    await say(port, { type: 1, id, privPoliId, listenport: 9 + index })
  }
  await page.locator('.mini-ring').nth(policies.length).waitFor()
  await at('many-policies', '.canvas-place')
}

function list(page: Page) {
  return page.getByRole('grid', { name: 'Packets, newest first' })
}
