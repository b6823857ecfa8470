// What Electron's Chromium, which is older than the browser's, lays out or draws in another way.
import { expect } from 'vitest'
import { appTest } from './app'

const test = appTest({ latencyMs: 0 })

test('the labels of the rings keep their size when the window is loaded again', async ({ app }) => {
  const { page } = app
  await page.getByRole('button', { name: /^Server 400,.* up$/ }).waitFor()
  await page.reload()
  await page.getByRole('button', { name: /^Server 400,.* up$/ }).waitFor()
  const widths = await page.evaluate(async () => {
    const frame = () => new Promise((resolve) => requestAnimationFrame(resolve))
    const viewport = document.querySelector<HTMLElement>('.react-flow__viewport')
    // The whole lab has to fit first.
    while (viewport?.style.transform.endsWith('scale(1)')) await frame()
    for (let count = 0; count < 2; count++) await frame()
    return [...document.querySelectorAll<SVGTextElement>('.ring-label')].map((label) => [
      Math.round(label.getComputedTextLength()),
      Math.round(label.getBBox().width),
    ])
  })
  expect(widths).toHaveLength(8)
  for (const [drawn, laidOut] of widths) expect(drawn).toBe(laidOut)
})
