// Commands about pools: the servers of one policy.
import { MAX_SERVERS } from '../../../shared/limits'
import { areSame, given, known, settled } from '../../../shared/settings/derive'
import { POOL_SETTINGS } from '../../../shared/settings/pool'
import { poolIn } from '../../../shared/state/pool'
import { visibly } from '../../../shared/visible-controls'
import { CommandError } from '../command-error'
import { changeLabel } from './labels'
import type { Rows } from './row'

export const POOL_COMMANDS: Rows<'updatePool' | 'look'> = {
  look: {
    carryOut: ({ looks }, { pictures, others }, by) => looks.set(by, { pictures, others }),
    inverse: null,
  },
  updatePool: {
    carryOut({ lab, proxy }, { policy, ...asked }) {
      const { state } = lab.journal
      if (!state.pools.has(policy) && state.pools.size >= MAX_SERVERS) {
        throw new CommandError(`At most ${MAX_SERVERS} policies have settings of their own.`)
      }
      const before = known(POOL_SETTINGS, poolIn(state, policy))
      const changed = { ...before, ...given(POOL_SETTINGS, asked) }
      proxy.configurePool(policy, settled(POOL_SETTINGS, changed))
    },
    inverse({ policy }, { before, after }) {
      const old = poolIn(before, policy)
      return areSame(POOL_SETTINGS, old, poolIn(after, policy))
        ? []
        : [{ type: 'updatePool', policy, ...known(POOL_SETTINGS, old) }]
    },
    label({ policy }, { before, after }) {
      const [old, now] = [poolIn(before, policy), poolIn(after, policy)]
      return changeLabel(POOL_SETTINGS, old, now, { of: visibly`policy ${policy}` })
    },
  },
}
