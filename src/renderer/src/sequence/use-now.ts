// The simulated time on the screen, at a pace for drawing packets in flight.
import { useEffect, useReducer } from 'react'
import type { SimMs } from '../../../shared/ids'
import { simNow } from '../lab/lab'
import { whileUnderWay } from '../lab/ticks'

/** `drawn`: whether anything is drawn that time moves; where nothing is, it is always 0. */
export function useNow(drawn: boolean): SimMs {
  const [, tick] = useReducer((count: number) => count + 1, 0)
  useEffect(() => (drawn ? whileUnderWay(tick) : undefined), [drawn])
  return drawn ? simNow() : 0
}
