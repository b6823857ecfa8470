// axe-core's rules in every main state, light and dark.
import axe, { type RunOptions } from 'axe-core'
import type { Page } from 'playwright-core'
import { expect } from 'vitest'
import { appTest } from './app'
import { walkMainStates } from './main-states'

/** Every rule of the standards up to WCAG 2.2 AA, and of good practice. */
const TAGS = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice']
const OPTIONS: RunOptions = {
  resultTypes: ['violations'],
  rules: { 'label-content-name-mismatch': { enabled: true } },
}
/** The walk has some fifty states, and other pages beside it. */
const TIMEOUT_MS = 300_000

declare global {
  interface Window {
    axe: typeof axe
  }
}

const test = appTest({ latencyMs: 300 })

test(
  'axe finds nothing in any main state, light or dark',
  async ({ app }) => {
    const { page } = app
    // Once, since no state reloads the page: to parse it takes as long as to use it.
    await page.evaluate(axe.source)
    const findings: string[] = []
    await walkMainStates(app, async (state, part) => {
      for (const colorScheme of ['light', 'dark'] as const) {
        await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' })
        for (const finding of await findingsOn(page, part, colorScheme)) {
          findings.push(`${state}, ${colorScheme}: ${finding}`)
        }
      }
    })
    expect(findings).toEqual([])
  },
  TIMEOUT_MS,
)

/** What axe finds on the page, or in a part of it. In dark, only colours differ. */
async function findingsOn(
  page: Page,
  part: string | undefined,
  colorScheme: 'light' | 'dark',
): Promise<string[]> {
  const runOnly = colorScheme === 'light' ? TAGS : ['color-contrast']
  const { violations } = await page.evaluate(
    ([selector, options]) => window.axe.run(selector ?? document, options),
    [part, { ...OPTIONS, runOnly }] as const,
  )
  return violations.flatMap(({ id, impact, nodes }) =>
    nodes.map(({ target, failureSummary = '' }) => {
      const why = failureSummary.split('\n').slice(1).join(' ').trim()
      return `${impact} ${id}: ${target.join(' ')} (${why})`
    }),
  )
}
