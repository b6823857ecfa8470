// Unexpected errors in the page and in the process behind it: each is shown once, as a sentence,
// and the lab keeps running.
import type { Page } from 'playwright-core'
import { describe, expect, inject, vi } from 'vitest'
import { type App, appTest } from './app'
import { clipboardText } from './clipboard'
import { CODE_RUNNER, newCodePipe, runByPipe } from './code-pipe'
import { servedByServer } from './screen'

const pipe = newCodePipe()
if (inject('shell') === 'browser') {
  vi.stubEnv('CODE_PIPE', pipe)
  vi.stubEnv('NODE_OPTIONS', `--require ${JSON.stringify(CODE_RUNNER)}`)
}
const test = appTest({ latencyMs: 0, scope: 'shared' })
const SETTLED = { timeout: 20_000 }

const alert = (page: Page, words: string) => page.getByRole('alert').filter({ hasText: words })

/** Begins with a page that has had no problem. */
async function anew({ page }: App): Promise<void> {
  await page.reload()
  await page.getByRole('button', { name: /^Server 400,/ }).waitFor()
}

/** Runs code in the process behind the page. */
const behind = ({ electron }: App, code: string) =>
  electron ? electron.evaluate(code) : runByPipe(pipe, code)

async function servesOn({ page }: App): Promise<void> {
  const served = async () =>
    Object.values(await servedByServer(page)).reduce((one, other) => one + other, 0)
  const before = await served()
  await page.getByRole('button', { name: 'Send all' }).click()
  await expect.poll(served, SETTLED).toBe(before + 6)
}

async function copied(app: App): Promise<string> {
  const { page } = app
  await page.getByRole('button', { name: 'Copy details' }).click()
  await page.getByRole('button', { name: 'Copied' }).waitFor()
  return clipboardText(app)
}

describe('a fault in the page', () => {
  test('is told once, counted, logged, and can be copied', async ({ app }) => {
    const { page } = app
    await anew(app)
    await page.evaluate(() => {
      const fail = () => {
        throw new Error('The chalk broke.')
      }
      for (let time = 0; time < 3; time++) setTimeout(fail)
    })
    const notice = alert(
      page,
      'Something went wrong in the window: The chalk broke. The lab goes on.',
    )
    await notice.getByText('3 times').waitFor()
    expect(await page.getByRole('alert').count()).toBe(1)
    await app.screenshot('problem')

    const details = await copied(app)
    expect(details).toMatch(/^Error: The chalk broke\.\n +at fail .*\n/)
    expect(details).toMatch(/\nRoundabout \d+\.\d+\.\d+, window \((browser|desktop)\), Mozilla/)
    expect(details).toMatch(/\nOpen: now, event \d+, 11 nodes, dock /)
    expect(details).not.toContain('token')
    expect(app.log()).toMatch(/page had a fault: Error \(Roundabout \d+\.\d+\.\d+, window/)
    expect(app.log()).not.toContain('chalk')

    await notice.getByRole('button', { name: 'Dismiss' }).click()
    await page.evaluate(() => {
      setTimeout(() => {
        throw new Error('The sponge is dry.')
      })
    })
    await alert(page, 'The sponge is dry').getByRole('button', { name: 'Reload' }).press('Enter')
    await alert(page, 'The sponge is dry').waitFor({ state: 'detached' })
    await servesOn(app)
    expect(app.errors.splice(0)).toHaveLength(4)
  })

  test('is told where a promise rejects', async ({ app }) => {
    await anew(app)
    await app.page.evaluate(() => void Promise.reject(new Error('The bell did not ring.')))
    await alert(app.page, 'in the window: The bell did not ring. The lab').waitFor()
    expect(app.errors.splice(0)).toEqual([expect.stringContaining('The bell did not ring.')])
  })

  test('is told where a worker throws', async ({ app }) => {
    await anew(app)
    await expect.poll(() => app.page.workers().length, SETTLED).toBeGreaterThan(0)
    await app.page.workers()[0]?.evaluate(() => {
      setTimeout(() => {
        throw new Error('The map is torn.')
      })
    })
    await alert(app.page, 'The map is torn. The lab goes on.').waitFor()
    await servesOn(app)
    expect(app.errors.splice(0)).not.toEqual([])
  })

  test('that leaves nothing to be drawn is said on a page of its own', async ({ app }) => {
    const { page } = app
    await anew(app)
    // Only the list of shortcuts draws keys.
    await page.evaluate(() => {
      const create: (name: string) => HTMLElement = document.createElement
      Object.assign(document, {
        createElement(name: string) {
          if (name === 'kbd') throw new Error('There are no keys.')
          return create.call(document, name)
        },
      })
    })
    await page.keyboard.press('?')
    const crash = alert(page, 'The screen could not go on')
    await crash.getByText('There are no keys.').waitFor()
    await app.screenshot('problem-of-the-screen')
    const details = await copied(app)
    expect(details).toMatch(/^Error: There are no keys\.\n/)
    expect(details).toMatch(/\nRoundabout \d+\.\d+\.\d+, window/)
    await expect.poll(app.log, SETTLED).toMatch(/page had a fault: Error .*\) at .*index-.*\.js:\d/)
    expect(app.log()).not.toContain('There are no keys.')
    await crash.getByRole('button', { name: 'Reload' }).click()
    await page.getByRole('button', { name: /^Server 400,/ }).waitFor()
    await servesOn(app)
    app.errors.length = 0
  })
})

describe('a fault in the engine', () => {
  test.for([
    [
      'is thrown',
      "void setTimeout(() => { throw new Error('The roof leaks.') })",
      'The roof leaks',
    ],
    ['rejects', "void Promise.reject(new Error('The stove is cold.'))", 'The stove is cold'],
    ['is no error', 'void Promise.reject({ payload: 1 })', 'A value that is no error was thrown'],
  ] as const)('that %s is told in words, and it goes on', async ([, code, words], { app }) => {
    await anew(app)
    await behind(app, code)
    await behind(app, code)
    const notice = alert(
      app.page,
      `Something went wrong in the engine: ${words}. It goes on; save your session to be safe.`,
    )
    await notice.getByText('2 times').waitFor()
    expect(await app.page.getByRole('alert').count()).toBe(1)
    expect(await copied(app)).toMatch(/\nRoundabout \d+\.\d+\.\d+, engine, /)
    expect(app.log()).toMatch(/The engine had a fault: (Error|Thrown) \(Roundabout /)
    expect(app.log()).not.toContain(words)
    await servesOn(app)
  })
})
