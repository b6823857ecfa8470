// Messages at times that were written down.
import { timesIn } from '../../../shared/traffic-texts'
import type { ListPattern } from './pattern'

export const REPLAY: ListPattern = {
  kind: 'list',
  times: ({ arrivals }) =>
    timesIn(arrivals)
      .map(Number)
      .filter((ms) => Number.isFinite(ms) && ms >= 0)
      .sort((one, other) => one - other),
}
