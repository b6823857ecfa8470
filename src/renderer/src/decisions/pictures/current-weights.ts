// Weighted round-robin: the current weights that were compared.
import { rounded } from '../../../../shared/decision/compared'
import { barsOf, picture } from './picture'

export const currentWeights = picture('weighted-round-robin', {
  weighted: true,
  draw: ({ compared }, { server }) =>
    barsOf(
      compared.map(({ server, current }) => ({ server, value: current, words: rounded(current) })),
      server,
      'most',
    ),
})
