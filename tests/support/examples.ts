// For tests: the examples, opened and played.
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect } from 'vitest'
import type { ProtocolId } from '../../src/shared/ids'
import type { Scenario } from '../../src/shared/scenario'
import { checkScenario } from '../../src/shared/scenario-file'
import { createTestLab, type TestLab } from './test-lab'

const FOLDER = join(import.meta.dirname, '../../examples')
const ENDING = '.roundabout-scenario'
export const ROUNDS = 7

export const NAMES = readdirSync(FOLDER)
  .filter((name) => name.endsWith(ENDING))
  .map((name) => name.slice(0, -ENDING.length))

export function scenarioIn(name: string): Scenario {
  const checked = checkScenario(JSON.parse(readFileSync(join(FOLDER, name + ENDING), 'utf8')), name)
  if (!checked.ok) throw new Error(checked.error)
  expect(checked.notice).toBeUndefined()
  return checked.scenario
}

/** The server of each message, by client. */
export type Played = Map<ProtocolId, ProtocolId[]>

export async function play(lab: TestLab, rounds = ROUNDS): Promise<Played> {
  const before = lab.events.length
  const sources = new Map<number, ProtocolId>()
  for (let round = 0; round < rounds; round++) {
    await lab.engine.execute({ type: 'sendAll' })
    lab.rest()
  }
  const played: Played = new Map()
  for (const event of lab.events.slice(before)) {
    if (event.type === 'packet.sent' && event.from.startsWith('client:')) {
      sources.set(event.exchange, event.from.slice('client:'.length))
    }
    if (event.type !== 'decision.made' || event.server === null) continue
    const client = sources.get(event.exchange) ?? ''
    played.set(client, [...(played.get(client) ?? []), event.server])
  }
  return played
}

interface Opened {
  /** Also sets the breakpoints of the example. */
  breakpoints?: boolean
  /** Instead of its own. */
  seed?: number
  /** For many messages: sockets act in order, and nothing is recorded. */
  fast?: boolean
}

export async function opened(
  name: string,
  { breakpoints = false, seed, fast = false }: Opened = {},
): Promise<{ scenario: Scenario; lab: TestLab }> {
  const example = scenarioIn(name)
  const scenario = seed === undefined ? example : { ...example, seed }
  const lab = await createTestLab({
    scenario: breakpoints ? scenario : { ...scenario, breakpoints: [] },
    isRecorded: !fast,
    inOrder: fast,
  })
  // A lab with health checks never comes to rest.
  lab.pass(1_500)
  return { scenario, lab }
}
