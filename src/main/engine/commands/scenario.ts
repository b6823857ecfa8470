// The scenario that the lab starts with, and the commands that restart or replace it.
import { DEFAULT_SEED } from '../../../shared/limits'
import { poolNow } from '../../../shared/pool-setup'
import type { Scenario } from '../../../shared/scenario'
import { given, settled } from '../../../shared/settings/derive'
import { LINK_SETTINGS } from '../../../shared/settings/link'
import { POOL_SETTINGS } from '../../../shared/settings/pool'
import { visibly } from '../../../shared/visible-controls'
import { CommandError } from '../command-error'
import { setCompared } from './compare'
import { quotedScenario } from './labels'
import { configureLinks } from './links'
import { placesIn, replacePlaces } from './node-places'
import type { Done, LabParts, Restoration, RestorationRow, Rows } from './row'
import { restoreSetUp, setUpBefore } from './set-up'
import { startAtStart } from './traffic'

export const SCENARIO_COMMANDS: Rows<'reset' | 'openScenario' | 'newSession'> = {
  reset: {
    // What a person has put somewhere on the screen stays there.
    carryOut: (parts) => {
      const places = placesIn(parts.lab.journal.state)
      return reset(parts, { ...parts.scenario, places })
    },
    inverse: restoring,
    label: () => 'reset the lab',
  },
  openScenario: {
    async carryOut(parts, { scenario }) {
      parts.scenario = scenario
      try {
        await reset(parts, scenario)
      } finally {
        if (!scenario.paused) parts.time.resume()
      }
    },
    inverse: restoring,
    label: (_, { after }) => `open ${quotedScenario(after.scenario ?? '')}`,
  },
  newSession: {
    async carryOut(parts, { pool }) {
      const { scenario, lab } = parts
      const next =
        pool === 'asItIs' ? poolNow(lab.journal.state, scenario) : { scenario, asItIs: scenario }
      const problems = await parts.succeed(next)
      if (problems.length > 0) throw new CommandError(partlyMade(problems, scenario.name))
    },
    inverse: null,
  },
}

export const SCENARIO_RESTORATIONS: { restoreSetUp: RestorationRow<'restoreSetUp'> } = {
  restoreSetUp: {
    async carryOut(parts, { setUp }) {
      const notes = await restoreSetUp(parts, setUp)
      return notes.length > 0 ? { note: notes.join(' ') } : {}
    },
    inverse: restoring,
  },
}

function restoring(_: unknown, done: Done): readonly Restoration[] {
  return [{ type: 'restoreSetUp', setUp: setUpBefore(done) }]
}

/**
 * Ends everything in progress before the event `scenario.reset`, because the counters then begin at 0. Rejects if a
 * part of the scenario could not be created; the rest is there then.
 */
async function reset(parts: LabParts, scenario: Scenario): Promise<void> {
  const { time, lab, actors, proxy, outside, foreign } = parts
  time.interrupt()
  await foreign.swapOut('')
  lab.breakpoints.clear()
  lab.faults.clear()
  await actors.clear()
  proxy.disconnectAll()
  for (const node of lab.journal.state.nodes.keys()) proxy.removeNode(node)
  outside.removeAll()
  for (const policy of lab.journal.state.pools.keys()) {
    proxy.configurePool(policy, settled(POOL_SETTINGS, {}))
  }
  lab.journal.emit({ type: 'scenario.reset' })
  const problems = await begin(parts, scenario)
  if (problems.length > 0) throw new CommandError(partlyMade(problems, scenario.name))
}

/** Creates the scenario's parts; returns a sentence for each part that could not be created. */
export async function begin(
  parts: LabParts,
  scenario: Scenario = parts.scenario,
): Promise<readonly string[]> {
  const { lab, time, proxy } = parts
  parts.begunWith = scenario
  const { name, seed = DEFAULT_SEED, speed, paused } = scenario
  const { pools = [], breakpoints = [], faults = [], compare = [] } = scenario
  proxy.setSeed(seed)
  lab.messageNumbers.begin(seed)
  lab.journal.emit({ type: 'scenario.opened', name, seed })
  replacePlaces(lab, scenario.places ?? [])
  if (paused) time.pause()
  const links = given(LINK_SETTINGS, scenario)
  if (Object.keys(links).length > 0) configureLinks(lab, links)
  if (speed !== undefined) time.setSpeed(speed)
  for (const { policy, ...settings } of pools) {
    proxy.configurePool(policy, settled(POOL_SETTINGS, settings))
  }
  setCompared(lab.journal, compare)
  for (const breakpoint of breakpoints) lab.breakpoints.set(breakpoint)
  for (const fault of faults) lab.faults.put(fault)
  const problems = await addNodes(parts, scenario)
  startAtStart(parts)
  return problems
}

/** Servers register one after another: the order of registration is the order of turns. */
async function addNodes(
  { actors }: LabParts,
  { servers, clients }: Scenario,
): Promise<readonly string[]> {
  const problems: string[] = []
  async function make(what: string, add: () => unknown): Promise<void> {
    try {
      await add()
    } catch (error) {
      if (!(error instanceof CommandError)) throw error
      problems.push(`${what} could not be made. ${error.message}`)
    }
  }
  for (const server of servers)
    await make(visibly`Server ${server.id}`, () => actors.addServer(server))
  for (const client of clients)
    await make(visibly`Client ${client.id}`, () => actors.addClient(client))
  return problems
}

/** An error names at most this many parts that could not be created. */
const MOST_PROBLEMS = 3

export function partlyMade(problems: readonly string[], name: string): string {
  const named = problems.slice(0, MOST_PROBLEMS)
  const left = problems.length - named.length
  const more = left > 0 ? ` And ${left} more could not be made.` : ''
  return visibly`${named.join(' ')}${more} The rest of “${name}” is there.`
}
