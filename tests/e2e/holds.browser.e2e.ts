// Held packets: stopped by a click on the link, inspected, edited, released, dropped or duplicated,
// while the receiver waits. The receiver is an outside program if Python is installed.
import { spawnSync } from 'node:child_process'
import type { Page } from 'playwright-core'
import { describe, expect, onTestFinished } from 'vitest'
import { Program } from '../interop/program'
import { appTest } from './app'
import { packets, proxyPort, type Row, sendMessage, servedByServer } from './screen'

const hasPython = spawnSync('python3', ['--version']).status === 0
if (!hasPython) {
  console.warn('There is no python3 here: the test with a Python program is skipped.')
}

const test = appTest({ latencyMs: 50, scope: 'file' })
const SETTLED = { timeout: 20_000 }

describe('a held packet', () => {
  test.skipIf(!hasPython)(
    'is not delivered to an outside program until it is released, as it was edited',
    async ({ app }) => {
      const { page } = app
      await ready(page)
      const program = startPython(ASKS_LINE_BY_LINE, await proxyPort(page))
      program.tell('hello')
      await program.line(/^got .*"destid":50,/)

      // A click on the link holds its next packet, the client's message.
      await clickLink(page, 'outside:client:50')
      await node(page, /^Outside client 50,.*its next packet is going to be held/).waitFor()
      program.tell('hold me')
      await page.getByRole('button', { name: 'held: “hold me”' }).waitFor()
      await program.line(/^waiting for hold me$/)

      // A key holds the next one, the answer.
      await node(page, /^Outside client 50,/).click()
      await page.keyboard.press('h')
      await node(page, /^Outside client 50,.*its next packet is going to be held/).waitFor()
      await page.keyboard.press('r')
      await page.getByRole('button', { name: 'held: answer' }).waitFor()

      // The lab works meanwhile: another client's exchange begins and ends.
      await sendMessage(page, { client: 'Client 2', policy: '111', payload: 'besides' })
      await node(page, /^Client 2,.* 1 answer, last answer correct/).waitFor()
      expect(program.lines.at(-1)).toBe('waiting for hold me')

      await page.getByRole('button', { name: 'held: answer' }).click()
      await inspector(page).getByRole('button', { name: 'Edit' }).click()
      const payload = inspector(page).getByLabel('Value of payload', { exact: true })
      expect(await payload.inputValue()).toMatch(/^"[0-9a-f]{40}"$/)
      await payload.fill('"changed on the way"')
      await app.screenshot('edited')
      await inspector(page).getByRole('button', { name: 'Change', exact: true }).click()
      await inspector(page).getByText('Edited on its way').waitFor()
      expect(program.lines.at(-1)).toBe('waiting for hold me')

      const server = (await packets(page)).findLast(
        (row) => row.Type === 'message' && row.Payload === '"hold me"' && row.From === 'proxy',
      )?.To
      await inspector(page).getByRole('button', { name: 'Release', exact: true }).click()
      const id = Number(server?.replace('server ', ''))
      const answer = {
        type: 2,
        srcid: id,
        destid: 50,
        payloadsize: 40,
        payload: 'changed on the way',
      }
      const got = await program.line(/^got .*changed/)
      expect(got).toBe(`got ${JSON.stringify(answer)}`)
      program.tell('')
      await program.line(/^that is all$/)
      expect(program.lines.filter((line) => line.startsWith('got'))).toHaveLength(2)
    },
  )

  test('is dropped, or sent twice', async ({ app }) => {
    const { page } = app
    await ready(page)
    await holdNextOf(page, 'Client 1')
    await sendMessage(page, { client: 'Client 1', policy: '111', payload: 'lost' })
    await page.getByRole('button', { name: 'held: “lost”' }).click()
    await inspector(page).getByRole('button', { name: 'Drop' }).click()
    await inspector(page)
      .getByText(/Packet \d+ · lost/)
      .waitFor()
    const isLost = (row: Row) => row.Payload === '"lost"'
    expect((await packets(page)).filter(isLost)).toMatchObject([{ From: 'client 1', Link: 'lost' }])

    await holdNextOf(page, 'Client 2')
    await sendMessage(page, { client: 'Client 2', policy: '111', payload: 'twice' })
    await page.getByRole('button', { name: 'held: “twice”' }).click()
    await inspector(page).getByRole('button', { name: 'Send twice' }).click()
    await expect.poll(() => servedByServer(page), SETTLED).toMatchObject({ 100: 1, 300: 1 })
    const twice = (await packets(page)).filter((row) => row.Payload === '"twice"')
    expect(twice.map((row) => [row.From, row.To]).toSorted()).toEqual([
      ['client 2', 'proxy'],
      ['client 2', 'proxy'],
      ['proxy', 'server 100'],
      ['proxy', 'server 300'],
    ])
  })

  test('is one that a breakpoint matches, as long as the breakpoint is on', async ({ app }) => {
    const { page } = app
    await ready(page)
    await page.getByRole('button', { name: 'Breakpoints: 0' }).click()
    const list = page.getByRole('dialog', { name: 'Breakpoints' })
    await list.getByLabel('Hold packets that match').fill('policy:222 to:proxy type:0')
    await list.getByRole('button', { name: 'Add', exact: true }).click()
    await list.getByRole('checkbox', { name: 'Hold what matches policy:222' }).waitFor()
    await app.screenshot('breakpoints')
    await page.keyboard.press('Escape')

    await page.getByRole('button', { name: 'Send all' }).click()
    await page.getByRole('button', { name: 'Breakpoints: 1, 3 packets held' }).waitFor()
    await expect
      .poll(() => servedByServer(page), SETTLED)
      .toEqual({ 100: 2, 200: 0, 300: 1, 400: 0 })

    await page.getByRole('button', { name: 'Breakpoints: 1, 3 packets held' }).click()
    await list.getByRole('checkbox', { name: 'Hold what matches policy:222' }).click()
    await list.getByRole('button', { name: 'Release all' }).click()
    await page.keyboard.press('Escape')
    await expect
      .poll(() => servedByServer(page), SETTLED)
      .toEqual({ 100: 2, 200: 2, 300: 1, 400: 1 })
    await page.getByRole('button', { name: 'Send all' }).click()
    await expect
      .poll(() => servedByServer(page), SETTLED)
      .toEqual({ 100: 3, 200: 3, 300: 3, 400: 3 })
  })
})

const node = (page: Page, name: RegExp) => page.getByRole('button', { name })
const inspector = (page: Page) => page.getByRole('complementary', { name: 'Inspector' })

async function ready(page: Page): Promise<void> {
  await node(page, /^Server 400,.* up$/).waitFor()
}

/** Arms a node's link with the button beside it. */
async function holdNextOf(page: Page, name: string): Promise<void> {
  await node(page, new RegExp(`^${name},`)).click()
  await page.getByRole('toolbar', { name }).getByLabel('Hold the next packet').click()
  await node(page, new RegExp(`^${name},.*its next packet is going to be held`)).waitFor()
  // Moves the focus from the tools to the node, and away from it.
  await page.keyboard.press('Escape')
  await page.keyboard.press('Escape')
  await page.getByRole('toolbar', { name }).waitFor({ state: 'detached' })
}

/** Clicks half way between a node and the proxy. */
async function clickLink(page: Page, id: string): Promise<void> {
  const line = page.getByTestId(`rf__edge-link:${id}`).locator('.link-hit')
  const { x, y } = await line.evaluate((path) => {
    if (!(path instanceof SVGPathElement)) throw new Error('A link is drawn as a path.')
    const middle = path.getPointAtLength(path.getTotalLength() / 2)
    const onScreen = middle.matrixTransform(path.getScreenCTM() ?? undefined)
    return { x: onScreen.x, y: onScreen.y }
  })
  await page.mouse.click(x, y)
}

/** Runs Python source, which gets the proxy's port as its first argument. */
function startPython(source: string, port: number): Program {
  const program = new Program('python3', ['-u', '-c', source, `${port}`])
  onTestFinished(() => program.stop())
  return program
}

/** Sends each line of its standard input, waits for the answer, and prints it unchanged. */
const ASKS_LINE_BY_LINE = `
import json, socket, sys

with socket.create_connection(("127.0.0.1", int(sys.argv[1]))) as proxy:
    for line in sys.stdin:
        payload = line.strip()
        if payload == "":
            break
        question = {
            "type": 0,
            "srcid": 50,
            "privPoliId": 111,
            "payloadsize": len(payload),
            "payload": payload,
        }
        proxy.sendall(json.dumps(question).encode())
        print(f"waiting for {payload}")
        print(f"got {proxy.recv(4096).decode()}")
print("that is all")
`
