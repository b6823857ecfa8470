// The pools in a scenario file: those of the lab, and those that can be compared with them.
import * as v from 'valibot'
import type { ComparedSettings } from './compare/settings'
import { policyId } from './fields'
import type { ProtocolId } from './ids'
import { type JsonPath, repeated } from './json-path'
import { MAX_COMPARED, MAX_SCENARIO_NAME_CHARS, MAX_SERVERS, MIN_COMPARED } from './limits'
import type { ComparedPools } from './scenario'
import { known, saved, scenarioFields } from './settings/derive'
import { POOL_SETTINGS } from './settings/pool'

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
const anyList = v.array(v.strictObject({ name: nameOfScenario, pools: poolList }))
export const compareList = v.pipe(
  anyList,
  v.minLength(MIN_COMPARED, COMPARED_WORDS),
  v.maxLength(MAX_COMPARED, COMPARED_WORDS),
)
/** The list in a command: an empty one removes the pools that can be compared. */
export const compareOrNone = v.union([v.pipe(anyList, v.length(0)), compareList])

/** Calls `tell` for each name, and for each policy of one entry, that occurs twice. */
export function repeatedInCompare(
  compare: readonly ComparedPools[],
  tell: (path: JsonPath, message: string) => void,
): void {
  for (const [index, first] of repeated(compare.map(({ name }) => name))) {
    tell(['compare', index, 'name'], `The name is that of compare[${first}] too: choose another.`)
  }
  for (const [index, { pools }] of compare.entries()) {
    for (const [place, first] of repeated(pools.map(({ policy }) => policy))) {
      const path = ['compare', index, 'pools', place, 'policy']
      tell(path, `The policy is that of pools[${first}] too.`)
    }
  }
}

/** Turns the pools that the state has into those of a saved scenario. */
export function savedCompare(compare: readonly ComparedSettings[]) {
  return compare.map(({ name, pools }) => ({
    name,
    pools: pools.map(({ policy, ...settings }) => savedPool(policy, settings)),
  }))
}

export function savedPool(policy: ProtocolId, settings: Readonly<Record<string, unknown>>) {
  return { policy, ...saved(POOL_SETTINGS, known(POOL_SETTINGS, settings)) }
}
