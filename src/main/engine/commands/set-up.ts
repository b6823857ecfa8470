// The set-up of a lab, which undo restores where a scenario has taken its place.
import type { Node } from '../../../shared/events'
import type { NodeId, ProtocolId } from '../../../shared/ids'
import { savedCompare } from '../../../shared/scenario-pools'
import { areSame, known, settled } from '../../../shared/settings/derive'
import { LINK_SETTINGS } from '../../../shared/settings/link'
import { POOL_SETTINGS } from '../../../shared/settings/pool'
import { settingsOfRole } from '../../../shared/settings/registry'
import type { State } from '../../../shared/state/state'
import { CommandError } from '../command-error'
import { setCompared } from './compare'
import { configureLinks } from './links'
import { placesIn, replacePlaces } from './node-places'
import { portNote } from './nodes'
import type { Chosen, Done, LabParts, SetUp } from './row'
import { turnToKeep } from './turn'

/** The set-up before a command. */
export function setUpBefore({ before, scenario, turns }: Done): SetUp {
  const chosen = {
    scenario: before.scenario,
    seed: before.seed,
    clock: before.clock,
    nodes: before.nodes,
    rows: before.rows,
    pools: before.pools,
    places: before.places,
    breakpoints: before.breakpoints,
    faults: before.faults,
    compare: before.compare,
  }
  return { before: chosen, scenario, turns, links: linksIn(before) }
}

function linksIn(state: State) {
  return known(LINK_SETTINGS, state)
}

/** What is the same stays as it is, with its messages. Returns sentences about what is not as it was. */
export async function restoreSetUp(parts: LabParts, setUp: SetUp): Promise<readonly string[]> {
  const { lab, proxy, time } = parts
  const { before, links } = setUp
  parts.scenario = setUp.scenario
  const { state } = lab.journal
  if (before.scenario !== null && !haveSameName(before, state)) {
    proxy.setSeed(before.seed)
    lab.journal.emit({ type: 'scenario.opened', name: before.scenario, seed: before.seed })
  }
  if (!areSame(LINK_SETTINGS, links, linksIn(state))) configureLinks(lab, links)
  if (before.clock.speed !== state.clock.speed) time.setSpeed(before.clock.speed)
  for (const policy of new Set([...before.pools.keys(), ...state.pools.keys()])) {
    const settings = known(POOL_SETTINGS, before.pools.get(policy) ?? {})
    proxy.configurePool(policy, settled(POOL_SETTINGS, settings))
  }
  if (before.places !== state.places) replacePlaces(lab, placesIn(before))
  setCompared(lab.journal, savedCompare(before.compare))
  restoreBreakpoints(parts, before, state)
  restoreFaults(parts, before, state)
  return restoreNodes(parts, setUp, state)
}

function haveSameName(one: Chosen, other: Chosen): boolean {
  return one.scenario === other.scenario && one.seed === other.seed
}

function restoreBreakpoints({ lab }: LabParts, before: Chosen, state: Chosen): void {
  const isSame = (id: number) =>
    JSON.stringify(before.breakpoints.get(id)) === JSON.stringify(state.breakpoints.get(id))
  for (const id of state.breakpoints.keys()) if (!isSame(id)) lab.breakpoints.remove(id)
  for (const [id, breakpoint] of before.breakpoints) {
    if (!isSame(id)) lab.breakpoints.restore(breakpoint)
  }
}

function restoreFaults({ lab }: LabParts, before: Chosen, state: Chosen): void {
  const isSame = (id: number) =>
    JSON.stringify(before.faults.get(id)) === JSON.stringify(state.faults.get(id))
  for (const id of state.faults.keys()) if (!isSame(id)) lab.faults.remove(id)
  for (const [id, fault] of before.faults) if (!isSame(id)) lab.faults.restore(fault)
}

async function restoreNodes(
  { lab, proxy, actors }: LabParts,
  setUp: SetUp,
  state: State,
): Promise<readonly string[]> {
  const { nodes } = setUp.before
  const staying = stayingNodes(setUp, { before: state, turns: proxy.turns })
  for (const { id } of insideNodes(state)) if (!staying.has(id)) await actors.remove(id)
  const notes: string[] = []
  const order = [...nodes.keys()]
  for (const node of insideNodes({ nodes })) {
    if (staying.has(node.id)) continue
    try {
      if (node.role === 'server') proxy.keepTurn(node.id, turnToKeep(node, setUp))
      await actors.restore({ node, followers: order.slice(order.indexOf(node.id) + 1) })
      const { note } = portNote(node, lab.journal.state.nodes.get(node.id))
      if (note !== undefined) notes.push(note)
    } catch (error) {
      if (!(error instanceof CommandError)) throw error
      notes.push(error.message)
    }
  }
  return notes
}

type Order = Pick<SetUp, 'turns'> & { readonly before: Pick<State, 'nodes' | 'rows'> }

/** The nodes that are the same in both; none of them where they do not stand in the same order. */
function stayingNodes(one: Order, other: Order): ReadonlySet<NodeId> {
  const others = other.before.nodes
  const same = insideNodes(one.before).filter((node) => isSameNode(node, others.get(node.id)))
  const ids = new Set(same.map(({ id }) => id))
  const otherOrders = ordersOf(other)
  const isInOrder = [...ordersOf(one)].every(([name, list]) => {
    const otherList = otherOrders.get(name) ?? []
    const both = (id: NodeId) => ids.has(id) && list.includes(id) && otherList.includes(id)
    return JSON.stringify(list.filter(both)) === JSON.stringify(otherList.filter(both))
  })
  return isInOrder ? ids : new Set()
}

/** The orders in which nodes stand, each with a name. */
function ordersOf({ before: { nodes, rows }, turns }: Order): Map<string, readonly NodeId[]> {
  const nodeOf = (server: ProtocolId) => rows.get(server)?.node ?? ''
  return new Map([
    ['nodes', [...nodes.keys()]],
    ['rows', [...rows.values()].map(({ node }) => node)],
    ...[...turns].map(([policy, servers]): [string, NodeId[]] => [
      `turns of ${policy}`,
      servers.map(nodeOf),
    ]),
  ])
}

function isSameNode(node: Node, other: Node | undefined): boolean {
  return (
    other !== undefined &&
    node.policy === other.policy &&
    areSame(settingsOfRole(node.role), { ...node }, { ...other })
  )
}

function insideNodes({ nodes }: Pick<State, 'nodes'>): Node[] {
  return [...nodes.values()].filter(({ role, origin }) => role !== 'proxy' && origin === 'inside')
}
