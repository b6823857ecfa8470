// Where a packet was lost, for the cross that marks the place.
import type { SimMs } from '../../../../shared/ids'
import { fractionAt } from '../../../../shared/state/leg'
import type { Loss } from './messages'
import type { Ended } from './packet-book'
import { kindOfLook, LOOK } from './packet-table'

export function lossOf(ended: Ended, at: SimMs): Loss {
  const { look, link, legFrom } = ended
  return {
    link,
    fromProxy: (look & LOOK.fromProxy) !== 0,
    fraction: look & LOOK.held ? legFrom : fractionAt(ended, at),
    kind: kindOfLook(look),
  }
}
