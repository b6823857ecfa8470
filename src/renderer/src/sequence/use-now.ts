// The simulated time on the screen, at intervals for drawing packets in flight.
import { useEffect, useReducer } from 'react'
import type { SimMs } from '../../../shared/ids'
import { simNow } from '../lab/lab'
import { whileUnderWay } from '../lab/ticks'

/** `drawn`: whether anything drawn depends on the time; if not, the time is always 0. */
export function useNow(drawn: boolean): SimMs {
  const [, tick] = useReducer((count: number) => count + 1, 0)
  useEffect(() => (drawn ? whileUnderWay(tick) : undefined), [drawn])
  return drawn ? simNow() : 0
}
