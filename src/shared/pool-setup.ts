// The pool that the next session, or the next start, begins with.
import * as v from 'valibot'
import type { ProtocolId } from './ids'
import type { Scenario } from './scenario'
import { checkScenario, pathText, scenarioOf, writeScenario } from './scenario-file'
import type { State } from './state/state'

export interface PoolSetup {
  /** The scenario that `reset` restores. */
  readonly scenario: Scenario
  /** The servers, clients and settings, which may have been changed since. */
  readonly asItIs: Scenario
}

/** The lab's present servers, clients and settings. Outside programs are not part of it: they join by themselves. */
export function poolNow(state: State, scenario: Scenario): PoolSetup {
  const { contents } = scenarioOf(state)
  // Policies appear, and get their colours, in the order of their first servers. Within a policy the order is kept.
  const slotOf = (policy: ProtocolId) => state.slots.get(policy) ?? state.slots.size
  const servers = contents.servers.toSorted(
    (one, other) => slotOf(one.policy) - slotOf(other.policy),
  )
  return { scenario, asItIs: { name: scenario.name, ...contents, servers } }
}

const FORMAT = 'roundabout-pool'
/** Both are scenarios as in a scenario file, which older and newer versions read as far as they know them. */
const fileSchema = v.object({
  format: v.literal(FORMAT),
  scenario: v.unknown(),
  asItIs: v.unknown(),
})

/** The text of a file. */
export function writePool({ scenario, asItIs }: PoolSetup): string {
  // Each is written as its file would be, so that what those files leave out is left out here too.
  const [opened, left] = [scenario, asItIs].map((part) => writeScenario(part).trimEnd())
  return `{ "format": "${FORMAT}", "scenario": ${opened}, "asItIs": ${left} }\n`
}

/** Reads a file's text; a sentence if it is damaged. */
export function readPool(text: string): PoolSetup | string {
  let value: unknown
  try {
    value = JSON.parse(text)
  } catch {
    return 'it is not JSON.'
  }
  const file = v.safeParse(fileSchema, value)
  if (!file.success) return 'it is something else.'
  const [scenario, asItIs] = [file.output.scenario, file.output.asItIs].map(readPart)
  if (typeof scenario === 'string') return scenario
  if (typeof asItIs === 'string') return asItIs
  if (scenario === undefined || asItIs === undefined) return 'it is not whole.'
  return { scenario, asItIs }
}

function readPart(value: unknown): Scenario | string {
  const read = checkScenario(value, 'Scenario')
  if (read.ok) return read.scenario
  return read.path.length === 0 ? read.error : `${pathText(read.path)}: ${read.error}`
}
