// Weighted round-robin: the current weights that were compared, and the choices that follow from them.
import type { ProtocolId } from '../../../../shared/ids'
import { poolIn } from '../../../../shared/state/pool'
import type { Decision, State } from '../../../../shared/state/state'
import { barsOf, picture, weightOf } from './picture'

export const currentWeights = picture('weighted-round-robin', {
  weighted: true,
  draw: ({ compared }, { server }) =>
    barsOf(
      compared.map(({ server, current }) => ({ server, value: current, words: `${current}` })),
      server,
      'most',
    ),
})

interface Account {
  readonly server: ProtocolId
  readonly weight: number
  current: number
}

/**
 * The next choices of a policy by weighted round-robin, the next one first; none where what is on the screen does not say
 * what the algorithm remembers.
 */
export function nextChoices(
  state: Pick<State, 'rows' | 'nodes' | 'pools' | 'decisions' | 'next'>,
  policy: ProtocolId,
  count: number,
): readonly ProtocolId[] {
  if (poolIn(state, policy).algorithm !== 'weighted-round-robin') return []
  const rows = [...state.rows.values()].filter((row) => row.policy === policy)
  if (rows.length < 2 || rows.some(({ health }) => health !== 'up')) return []
  const accounts = rows.map(({ server }) => {
    const weight = weightOf(state, server)
    return { server, weight, current: 0 }
  })
  const decision = state.decisions.get(policy)
  if (decision?.reason?.by === 'weighted-round-robin' && hasSameServers(decision, accounts)) {
    const { compared, total } = decision.reason
    // Another effective weight is one that recovers, or is from before the weights changed.
    if (compared.length !== accounts.length) return []
    for (const [index, account] of accounts.entries()) {
      const view = compared[index]
      if (view?.server !== account.server || view.effective !== account.weight) return []
      account.current = view.current - (account.server === decision.server ? total : 0)
    }
  }
  const choices = Array.from({ length: count }, () => choose(accounts))
  return choices[0] === state.next.get(policy) ? choices : []
}

/** With another list of servers the account begins anew, as in nginx after a reload. */
function hasSameServers({ candidates }: Decision, accounts: readonly Account[]): boolean {
  return (
    candidates.length === accounts.length &&
    candidates.every((server, index) => server === accounts[index]?.server)
  )
}

/** Everybody's weight is added to its current one; who has most pays the sum. */
function choose(accounts: readonly Account[]): ProtocolId {
  let best: Account | undefined
  let total = 0
  for (const account of accounts) {
    account.current += account.weight
    total += account.weight
    if (best === undefined || account.current > best.current) best = account
  }
  if (best === undefined) throw new Error('There is nobody to choose.')
  best.current -= total
  return best.server
}
