// When an input came.
import type { SimMs } from '../../../shared/ids'

/** What comes in with every input, so that the same inputs always have the same effects. */
export interface Given {
  readonly now: SimMs
  /** The real time for which the lab has run: what limits programs outside. */
  readonly ranForMs: number
}
