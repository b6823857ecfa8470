// Two choices and least time: the two servers that were drawn, with what was compared of them.
import { costOf } from '../../../../shared/decision/compared'
import { formatDuration } from '../../../../shared/format'
import { poolIn } from '../../../../shared/state/pool'
import { barValueOf } from './loads'
import { barsOf, picture } from './picture'

export const drawnLoads = picture('two-choices', {
  weighted: true,
  draw: ({ drawn }, { server }) => barsOf(drawn.map(barValueOf), server, 'least', true),
})

export const drawnCosts = picture('least-time', {
  weighted: false,
  draw: ({ drawn }, decision, state) => {
    const { server, policy, at, exchange } = decision
    // The latest decision's costs decay until the next one; a receipt of an earlier one says what they were.
    const isLatest = state.decisions.get(policy)?.exchange === exchange
    const { decayMs: withinMs } = poolIn(state, policy)
    return barsOf(
      drawn.map((view) => {
        const [, value] = costOf(view)
        const { inFlight, costMs } = view
        const isNew = costMs === 0
        const words = isNew
          ? inFlight === 0
            ? 'no answer yet'
            : 'no answer yet, busy'
          : `${formatDuration(costMs)} × ${inFlight + 1}`
        const decays = isLatest && !isNew ? { from: at, withinMs, value } : undefined
        return { server: view.server, value, words, ...(decays && { decays }) }
      }),
      server,
      'least',
      true,
    )
  },
})
