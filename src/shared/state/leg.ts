// Where a packet is on its link.
import type { SimMs } from '../ids'

/** A packet's way from where it was last known to be: sent, or released in the middle. */
export interface Leg {
  legAt: SimMs
  /** The part of the link that it had travelled by then. */
  legFrom: number
  dueAt: SimMs
}

/**
 * The part of the link that a packet has travelled, 0 to 1; a packet past its due time waits at the end until it
 * arrives.
 */
export function fractionAt({ legAt, legFrom, dueAt }: Leg, now: SimMs): number {
  if (now >= dueAt || dueAt <= legAt) return 1
  return now <= legAt ? legFrom : legFrom + ((1 - legFrom) * (now - legAt)) / (dueAt - legAt)
}
