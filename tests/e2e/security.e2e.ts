// What the page may not do, tried from inside the page: an attacker who runs there gets nothing
// more.
import { describe, expect } from 'vitest'
import { appTest } from './app'

const test = appTest({ latencyMs: 0, scope: 'shared' })

describe('the page', () => {
  test('has no Node and no Electron', async ({ app }) => {
    const found = await app.page.evaluate(() =>
      ['require', 'process', 'module', 'Buffer', 'global', 'electron', 'ipcRenderer'].filter(
        (name) => name in window,
      ),
    )
    expect(found).toEqual([])
  })

  test('comes with a strict policy', async ({ app }) => {
    // Read at the target, because the page itself may not fetch from everywhere.
    const arrived = app.page.waitForResponse((response) => response.url() === app.page.url())
    await app.page.reload()
    const policy = (await (await arrived).allHeaders())['content-security-policy']
    expect(policy).toContain("default-src 'none'")
    expect(policy).toContain("script-src 'self';")
    expect(policy).not.toContain('unsafe-eval')
  })

  test('runs no inline script', async ({ app }) => {
    const ran = await app.page.evaluate(() => {
      const script = document.createElement('script')
      try {
        script.append('window.injected = true')
        document.head.append(script)
      } catch {
        // Some browsers refuse the text itself, others the script made of it.
      }
      return 'injected' in window
    })
    expect(ran).toBe(false)
    app.errors.length = 0
  })

  test('makes neither code nor markup of text, nor a worker of foreign code', async ({ app }) => {
    const refused = await app.page.evaluate(() =>
      [
        () => Reflect.set(document.createElement('script'), 'textContent', '1'),
        () => Reflect.set(document.createElement('div'), 'innerHTML', '<img src=x onerror=1>'),
        () => document.write('<p>'),
        () => setTimeout('1'),
        () => new Worker('data:text/javascript,1'),
        () => new Worker('https://example.invalid/worker.js'),
      ].map((attempt) => {
        try {
          attempt()
          return 'allowed'
        } catch (error) {
          return (error as Error).name
        }
      }),
    )
    expect(refused).toEqual(refused.map(() => 'TypeError'))
    app.errors.length = 0
  })

  test('cannot call another address', async ({ app }) => {
    const answer = await app.page.evaluate(() =>
      fetch('http://127.0.0.1:9/').then(
        () => 'answered',
        () => 'refused',
      ),
    )
    expect(answer).toBe('refused')
    expect(app.errors.splice(0).join()).toContain('Content Security Policy')
  })

  test('can embed no other page', async ({ app }) => {
    await app.page.evaluate(() => {
      const frame = document.createElement('iframe')
      frame.src = 'data:text/html,<p>embedded'
      document.body.append(frame)
      return new Promise((resolve) => frame.addEventListener('load', resolve))
    })
    expect(app.errors.splice(0).join()).toContain('Content Security Policy')
  })
})
