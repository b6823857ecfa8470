// "Check my program": a faulty proxy is started by its command, the list fills, the exchange of what failed opens on the graph
// and in the sequence diagram, and a viewer cannot have anything started.
import { spawnSync } from 'node:child_process'
import { access } from 'node:fs/promises'
import { join } from 'node:path'
import { expect } from 'vitest'
import { appTest } from './app'
import { axeFindings } from './axe'
import { choose, savedBy } from './files'

const hasPython = spawnSync('python3', ['--version']).status === 0
const PROGRAMS = join(import.meta.dirname, '../check/programs')
const test = appTest({ latencyMs: 0 })
const DONE = { timeout: 90_000 }

test.skipIf(!hasPython)('checks a proxy, and shows the exchange that failed', async ({ app }) => {
  const { page } = app
  await choose(page, 'Check my program…')
  const dialog = page.getByRole('dialog', { name: 'Check my program' })
  const command = dialog.getByRole('textbox', { name: 'Command' })
  expect(await command.evaluate((field) => field === document.activeElement)).toBe(true)

  // What is wrong with a command is said before anything is run.
  await command.fill('python3 proxy.py')
  await page.keyboard.press('Enter')
  await dialog.getByRole('alert').getByText('The command needs {port}').waitFor()

  await command.fill('python3 proxy.py -port {port} -fault split-message')
  await dialog.getByRole('textbox', { name: 'Folder in which it is run' }).fill(PROGRAMS)
  await page.keyboard.press('Enter')
  await dialog.getByText('Dialect: as assigned').waitFor(DONE)
  await dialog.getByText(/^\d+ of 34 tried$/).waitFor()
  await dialog.getByText(/^32 of 34 passed, 2 failed; \d+ of 100 points/).waitFor(DONE)

  // The first that failed is explained whole; the other has a line, which opens.
  const failed = dialog.locator('[data-outcome="failed"]')
  const [first, other] = [failed.nth(0), failed.nth(1)]
  await first
    .getByText(/^NoJson: /)
    .first()
    .waitFor()
  expect(await other.getByRole('button').count()).toBe(1)
  await other.getByRole('button', { name: /payload-200000/ }).click()
  await other.getByRole('button', { name: 'Open the exchange on the graph' }).waitFor()

  expect(await axeFindings(page, 'dialog')).toEqual([])
  const report = await savedBy(app, async () => {
    await dialog.getByRole('button', { name: 'Save the results' }).click()
    await page.getByRole('menuitem', { name: 'Markdown' }).click()
  })
  expect(report.name).toBe('homework-check.md')
  expect(report.bytes.toString()).toContain('### The first that failed: `split-message`')

  await dialog.getByRole('button', { name: 'Go to the first that failed' }).click()
  const line = first.getByRole('button', { name: /split-message/ })
  expect(await line.evaluate((button) => button === document.activeElement)).toBe(true)
  const top = await line.evaluate(
    (button) =>
      button.getBoundingClientRect().top -
      (button.closest('dialog')?.getBoundingClientRect().top ?? Number.NaN),
  )
  expect(top).toBeGreaterThan(0)
  expect(top).toBeLessThan(100)
  await first.getByRole('button', { name: 'Open the exchange on the graph' }).click()
  const band = page.getByRole('region', { name: 'An exchange of the check' })
  await band.getByText(/^client 1 to get a type-2 message with the payload/).waitFor()
  await page.getByRole('group', { name: /^Your proxy in the proxy’s place, port \d+/ }).waitFor()
  await page.getByRole('button', { name: /^Server 100,/ }).waitFor()
  // The question that nothing came back for, in two pieces.
  await page.getByRole('heading', { name: 'Client message' }).waitFor()
  await page.getByText(/ bytes, 2 writes$/).waitFor()
  const diagram = page.getByRole('region', { name: 'Sequence diagram' })
  await diagram.getByText('Proxy').waitFor()
  expect(await axeFindings(page, '.exchange-band')).toEqual([])

  // Time runs in it as in any recording.
  await page.keyboard.press('p')
  await page.getByRole('button', { name: 'Pause', exact: true }).click()

  // Back where the person was in the list.
  await band.getByRole('button', { name: 'Back to the list' }).click()
  const row = dialog.getByRole('button', { name: /split-message/, expanded: true })
  expect(await row.evaluate((button) => button === document.activeElement)).toBe(true)

  // Stopped, it says what it has so far; and it can be run again.
  await dialog.getByRole('button', { name: 'Check again' }).click()
  await dialog.getByRole('button', { name: 'Stop' }).click()
  await dialog.getByRole('button', { name: 'Check again' }).waitFor(DONE)
})

test('a viewer cannot have a command run', async ({ app }) => {
  const { page } = app
  const address = await page.evaluate(async () => {
    const { search } = window.location
    return (await fetch(`/viewer-address${search}`)).text()
  })
  const viewer = await page.context().newPage()
  await viewer.goto(address.trim())
  await viewer.getByText('Viewer', { exact: true }).waitFor()
  await viewer.keyboard.press('k')
  await viewer.getByText(/only an operator can have programs checked/).waitFor()
  expect(await viewer.getByRole('dialog').count()).toBe(0)

  // Past the page, by the socket itself.
  const trace = join(import.meta.dirname, `never-${process.pid}`)
  const request = {
    program: 'proxy',
    command: `"${process.execPath}" -e "fs.writeFileSync(String.raw\`${trace}\`, '')" {port}`,
  }
  const answers = await viewer.evaluate(async (asked) => {
    const socket = new WebSocket(`ws://${window.location.host}/ws${window.location.search}`)
    const heard: string[] = []
    return new Promise<string[]>((resolve) => {
      socket.onmessage = ({ data }) => {
        if (typeof data !== 'string') return
        heard.push(data)
        if (!data.includes('programCheck')) return
        socket.close()
        resolve(heard)
      }
      socket.onopen = () => socket.send(JSON.stringify({ kind: 'checkProgram', request: asked }))
    })
  }, request)
  expect(answers.at(-1)).toContain('A viewer cannot have programs checked.')
  await expect.poll(app.log).toContain('A viewer cannot have programs checked.')
  await expect(access(trace)).rejects.toThrow()
})
