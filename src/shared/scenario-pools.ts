// The pools in a scenario file: those of the lab, and those that can be compared with them.
import * as v from 'valibot'
import type { ComparedSettings } from './compare/settings'
import { policyId, protocolId } from './fields'
import type { ProtocolId } from './ids'
import { type JsonPath, repeated } from './json-path'
import { MAX_COMPARED, MAX_SCENARIO_NAME_CHARS, MAX_SERVERS, MIN_COMPARED } from './limits'
import type { ComparedPools, Scenario } from './scenario'
import { known, saved, scenarioFields } from './settings/derive'
import { POOL_SETTINGS } from './settings/pool'
import { COMPARED_SERVER_SETTINGS } from './settings/server'

export const nameOfScenario = v.pipe(
  v.string(),
  v.trim(),
  v.minLength(1, 'A name needs at least one character.'),
  v.maxLength(MAX_SCENARIO_NAME_CHARS, `A name has at most ${MAX_SCENARIO_NAME_CHARS} characters.`),
)

export const poolList = v.pipe(
  v.array(v.strictObject({ policy: policyId, ...scenarioFields(POOL_SETTINGS) })),
  v.maxLength(MAX_SERVERS, `There are at most ${MAX_SERVERS} pools.`),
)

const COMPARED_WORDS = `A comparison is of ${MIN_COMPARED} to ${MAX_COMPARED} lists of pools.`
export const comparedServers = v.pipe(
  v.array(v.strictObject({ id: protocolId, ...scenarioFields(COMPARED_SERVER_SETTINGS) })),
  v.maxLength(MAX_SERVERS, `There are at most ${MAX_SERVERS} servers.`),
)
const anyList = v.array(
  v.strictObject({
    name: nameOfScenario,
    pools: poolList,
    servers: v.exactOptional(comparedServers),
  }),
)
export const compareList = v.pipe(
  anyList,
  v.minLength(MIN_COMPARED, COMPARED_WORDS),
  v.maxLength(MAX_COMPARED, COMPARED_WORDS),
)
/** The list in a command: an empty one removes the pools that can be compared. */
export const compareOrNone = v.union([v.pipe(anyList, v.length(0)), compareList])

/** Calls `tell` for each name, and for each policy and server of one entry, that occurs twice, and for servers that are not there. */
export function mistakesInCompare(
  compare: readonly ComparedPools[],
  lab: Pick<Scenario, 'servers'>,
  tell: (path: JsonPath, message: string) => void,
): void {
  for (const [index, first] of repeated(compare.map(({ name }) => name))) {
    tell(['compare', index, 'name'], `The name is that of compare[${first}] too: choose another.`)
  }
  const known = new Set(lab.servers.map(({ id }) => id))
  for (const [index, { pools, servers = [] }] of compare.entries()) {
    for (const [place, first] of repeated(pools.map(({ policy }) => policy))) {
      const path = ['compare', index, 'pools', place, 'policy']
      tell(path, `The policy is that of pools[${first}] too.`)
    }
    const ids = servers.map(({ id }) => id)
    for (const [place, first] of repeated(ids)) {
      tell(['compare', index, 'servers', place, 'id'], `The id is that of servers[${first}] too.`)
    }
    for (const [place, id] of ids.entries()) {
      if (known.has(id)) continue
      tell(['compare', index, 'servers', place, 'id'], 'No server of the scenario has this id.')
    }
  }
}

/** Turns the pools that the state has into those of a saved scenario. */
export function savedCompare(compare: readonly ComparedSettings[]) {
  return compare.map(({ name, pools, servers }) => ({
    name,
    pools: pools.map(({ policy, ...settings }) => savedPool(policy, settings)),
    ...(servers.length > 0 && { servers: [...servers] }),
  }))
}

/** Without the servers that are not, or no longer, in the lab. */
export function ofPresentServers(compare: readonly ComparedPools[], present: Scenario['servers']) {
  const ids = new Set(present.map(({ id }) => id))
  return compare.map(({ name, pools, servers = [] }) => {
    const kept = servers.filter(({ id }) => ids.has(id))
    return { name, pools: [...pools], ...(kept.length > 0 && { servers: kept }) }
  })
}

export function savedPool(policy: ProtocolId, settings: Readonly<Record<string, unknown>>) {
  return { policy, ...saved(POOL_SETTINGS, known(POOL_SETTINGS, settings)) }
}
