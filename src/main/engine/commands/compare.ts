// What can be compared: settings of pools that the lab does not use itself. They belong to its scenario.
import type { ComparedPools } from '../../../shared/scenario'
import { savedCompare } from '../../../shared/scenario-pools'
import { given, settled } from '../../../shared/settings/derive'
import { POOL_SETTINGS } from '../../../shared/settings/pool'
import { COMPARED_SERVER_SETTINGS } from '../../../shared/settings/server'
import type { Journal } from '../story/journal'
import type { Rows } from './row'

export const COMPARE_COMMANDS: Rows<'updateCompare'> = {
  updateCompare: {
    carryOut: ({ lab }, { compare }) => setCompared(lab.journal, compare),
    inverse: (_, { before, after }) =>
      JSON.stringify(before.compare) === JSON.stringify(after.compare)
        ? []
        : [{ type: 'updateCompare', compare: savedCompare(before.compare) }],
    label: () => 'change what is compared',
  },
}

export function setCompared(journal: Journal, compare: readonly ComparedPools[]): void {
  const next = compare.map(({ name, pools, servers = [] }) => ({
    name,
    pools: pools.map(({ policy, ...values }) => ({ policy, ...settled(POOL_SETTINGS, values) })),
    servers: servers.map(({ id, ...values }) => ({
      id,
      ...given(COMPARED_SERVER_SETTINGS, values),
    })),
  }))
  if (JSON.stringify(next) === JSON.stringify(journal.state.compare)) return
  journal.emit({ type: 'compare.changed', compare: next })
}
