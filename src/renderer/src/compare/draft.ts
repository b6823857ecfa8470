// The labs that the person is about to compare: named pools, at first the lab's own and the same with another algorithm.
import * as v from 'valibot'
import { UNQUOTED } from '../../../shared/issue-text'
import { MAX_COMPARED } from '../../../shared/limits'
import type { ComparedPools, Scenario } from '../../../shared/scenario'
import { comparedServers, poolList, savedCompare, savedPool } from '../../../shared/scenario-pools'
import { differing, type SettledOf, settled } from '../../../shared/settings/derive'
import { POOL_SETTINGS, type PoolValues } from '../../../shared/settings/pool'
import { COMPARED_SERVER_SETTINGS } from '../../../shared/settings/server'
import { OFF } from '../../../shared/settings/setting'
import type { State } from '../../../shared/state/state'

type AlgorithmOf = NonNullable<ComparedPools['pools'][number]['algorithm']>

const ALGORITHMS = POOL_SETTINGS.algorithm.options
const OWN_NAME = 'As in the lab'

/** The policies that servers of the lab serve. */
export function policiesIn({ nodes }: Pick<State, 'nodes'>): readonly string[] {
  const policies = [...nodes.values()].flatMap(({ role, policy }) =>
    role === 'server' && policy !== undefined ? policy : [],
  )
  return [...new Set(policies)]
}

type ComparedServer = SettledOf<typeof COMPARED_SERVER_SETTINGS>

/** A server of the lab, with what it has there. */
export interface ListedServer {
  readonly id: string
  readonly settings: ComparedServer
}

export function listedServers(
  { nodes }: Pick<State, 'nodes'>,
  policy: string,
): readonly ListedServer[] {
  return [...nodes.values()].flatMap((node) =>
    node.role === 'server' &&
    node.origin === 'inside' &&
    node.policy === policy &&
    node.protocolId !== undefined
      ? { id: node.protocolId, settings: settled(COMPARED_SERVER_SETTINGS, node) }
      : [],
  )
}

export function firstDraft(
  state: Pick<State, 'nodes' | 'compare'>,
  pools: Scenario['pools'] = [],
): readonly ComparedPools[] {
  if (state.compare.length > 0) return savedCompare(state.compare)
  const policies = policiesIn(state)
  const own = policies.map((policy) => pools.find((one) => one.policy === policy) ?? { policy })
  const isFewest = own.every((pool) => algorithmIn(pool) === 'least-connections')
  const other = isFewest ? 'round-robin' : 'least-connections'
  return [
    { name: OWN_NAME, pools: own },
    { name: labelOf(other), pools: own.map((pool) => ({ ...pool, algorithm: other })) },
  ]
}

/** Adds a lab with an algorithm that no other has. */
export function withAnother(draft: readonly ComparedPools[]): readonly ComparedPools[] {
  const [first] = draft
  if (first === undefined || draft.length >= MAX_COMPARED) return draft
  const used = new Set(draft.flatMap(({ pools }) => pools.map(algorithmIn)))
  const value = ALGORITHMS.map((one) => one.value).find((one) => !used.has(one)) ?? 'random'
  const pools = first.pools.map((pool) => ({ ...pool, algorithm: value }))
  return [...draft, { ...first, name: freeName(labelOf(value), draft), pools }]
}

/** All settings of a policy's pool in this lab. */
export function poolOf(entry: ComparedPools, policy: string): PoolValues {
  return settled(POOL_SETTINGS, poolIn(entry, policy))
}

/**
 * Changes settings of a policy's pool, and a name that was made from the former algorithm. Returns what is wrong with a value, in
 * words, if something is.
 */
export function withPool(
  draft: readonly ComparedPools[],
  index: number,
  policy: string,
  values: Readonly<Record<string, unknown>>,
): readonly ComparedPools[] | string {
  const entry = draft[index]
  if (entry === undefined) return draft
  const before = poolIn(entry, policy)
  const parsed = v.safeParse(poolList, [{ ...before, ...values }], UNQUOTED)
  if (!parsed.success) return parsed.issues[0].message
  const [pool = before] = parsed.output
  const changed = savedPool(policy, settled(POOL_SETTINGS, pool))
  const wasNamed = entry.name.startsWith(labelOf(algorithmIn(before))) || entry.name === OWN_NAME
  const others = draft.filter((_, other) => other !== index)
  const name = wasNamed ? freeName(labelOf(algorithmIn(changed)), others) : entry.name
  const pools = [...entry.pools.filter((one) => one.policy !== policy), changed]
  return draft.map((one, at) => (at === index ? { ...entry, name, pools } : one))
}

/** What a server has in this lab: its own setting, or else the lab's. */
export function serverIn(entry: ComparedPools, { id, settings }: ListedServer): ComparedServer {
  return { ...settings, ...entry.servers?.find((one) => one.id === id) }
}

/**
 * Changes the weight or the limit of a server in one lab; one that is as in the lab is not listed. Returns what is wrong with a
 * value, in words, if something is.
 */
export function withServer(
  draft: readonly ComparedPools[],
  index: number,
  server: ListedServer,
  values: Readonly<Record<string, unknown>>,
): readonly ComparedPools[] | string {
  const entry = draft[index]
  if (entry === undefined) return draft
  const next = { id: server.id, ...serverIn(entry, server), ...values }
  const parsed = v.safeParse(comparedServers, [next], UNQUOTED)
  if (!parsed.success) return parsed.issues[0].message
  const { id, settings } = server
  const own = differing(COMPARED_SERVER_SETTINGS, parsed.output[0] ?? {}, settings)
  const others = entry.servers?.filter((one) => one.id !== id) ?? []
  const servers = Object.keys(own).length > 0 ? [...others, { id, ...own }] : others
  const { name, pools } = entry
  const changed = { name, pools, ...(servers.length > 0 && { servers }) }
  return draft.map((one, at) => (at === index ? changed : one))
}

function poolIn({ pools }: ComparedPools, policy: string): ComparedPools['pools'][number] {
  return pools.find((pool) => pool.policy === policy) ?? { policy }
}

export function algorithmIn({ algorithm }: ComparedPools['pools'][number]): AlgorithmOf {
  return algorithm ?? POOL_SETTINGS.algorithm.default
}

/** Says why this cannot be compared; undefined if it can. */
export function problemIn(
  draft: readonly ComparedPools[],
  scenario: Pick<Scenario, 'clients'>,
  hasArrivals: boolean,
): string | undefined {
  const names = draft.map(({ name }) => name.trim())
  if (names.includes('')) return 'Each of them needs a name.'
  if (new Set(names).size < names.length) return 'Two of them have the same name: change one.'
  const sends = scenario.clients.some(({ traffic = OFF }) => traffic !== OFF)
  if (sends || hasArrivals) return undefined
  return 'No client sends by itself: select a client and switch on its traffic, or take the messages of the recording.'
}

function labelOf(algorithm: AlgorithmOf): string {
  return ALGORITHMS.find(({ value }) => value === algorithm)?.label ?? algorithm
}

function freeName(name: string, others: readonly ComparedPools[]): string {
  const taken = new Set(others.map((other) => other.name))
  let free = name
  for (let number = 2; taken.has(free); number++) free = `${name} ${number}`
  return free
}
