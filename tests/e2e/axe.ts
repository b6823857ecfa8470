// axe-core's rules on a page, light and dark.
import axe from 'axe-core'
import type { Page } from 'playwright-core'

declare global {
  interface Window {
    axe: typeof axe
  }
}

/** Every rule of the standards up to WCAG 2.2 AA, and of good practice. */
const TAGS = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice']

/** What axe finds on the page, or in the part of it that a selector names, light and dark. */
export async function axeFindings(page: Page, part?: string): Promise<string[]> {
  // Once for each load of a page: to parse it takes as long as to use it.
  if (await page.evaluate(() => !('axe' in window))) await page.evaluate(axe.source)
  const findings: string[] = []
  for (const colorScheme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' })
    // In dark, only colours differ.
    const runOnly = colorScheme === 'light' ? TAGS : ['color-contrast']
    const { violations } = await page.evaluate(
      ([selector, rules]) =>
        window.axe.run(selector ?? document, {
          runOnly: rules,
          resultTypes: ['violations'],
          rules: { 'label-content-name-mismatch': { enabled: true } },
        }),
      [part, runOnly] as const,
    )
    for (const { id, impact, nodes } of violations) {
      for (const { target, failureSummary = '' } of nodes) {
        const why = failureSummary.split('\n').slice(1).join(' ').trim()
        findings.push(`${colorScheme}: ${impact} ${id}: ${target.join(' ')} (${why})`)
      }
    }
  }
  return findings
}
