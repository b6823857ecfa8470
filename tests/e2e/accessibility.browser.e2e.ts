// axe-core's rules in every main state, light and dark.
import { expect } from 'vitest'
import { appTest } from './app'
import { axeFindings } from './axe'
import { walkMainStates } from './main-states'

/** The walk has some fifty states, and other pages beside it. */
const TIMEOUT_MS = 300_000

const test = appTest({ latencyMs: 300 })

test(
  'axe finds nothing in any main state, light or dark',
  async ({ app }) => {
    const { page } = app
    const findings: string[] = []
    await walkMainStates(app, async (state, part) => {
      for (const finding of await axeFindings(page, part)) findings.push(`${state}, ${finding}`)
    })
    expect(findings).toEqual([])
  },
  TIMEOUT_MS,
)
