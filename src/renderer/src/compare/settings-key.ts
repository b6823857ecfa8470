// The settings in the form of a comparison, and a key that tells whether a result belongs to the present lab and form.
import type { ComparedPools, Scenario } from '../../../shared/scenario'
import { algorithmIn } from './draft'

export interface CompareSettings {
  readonly draft: readonly ComparedPools[]
  readonly seconds: number
  readonly source: 'traffic' | 'recording'
}

/** Returns the same key for labs and settings that give the same result. */
export function settingsKey(
  {
    compare: _compare,
    breakpoints: _breakpoints,
    places: _places,
    paused: _paused,
    ...lab
  }: Omit<Scenario, 'name'>,
  { draft, seconds, source }: CompareSettings,
): string {
  const entries = draft.map(({ name, pools, servers = [] }) => [
    name.trim(),
    pools.map(poolKey).sort(),
    servers.map(sortedKey).sort(),
  ])
  return JSON.stringify([lab, entries, seconds, source])
}

function poolKey(pool: ComparedPools['pools'][number]): string {
  return sortedKey({ ...pool, algorithm: algorithmIn(pool) })
}

function sortedKey(settings: object): string {
  const values = Object.entries(settings)
  return JSON.stringify(values.sort(([one], [other]) => (one < other ? -1 : 1)))
}
