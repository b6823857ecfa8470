// The simulated time on the screen, at a pace for drawing what is under way.
import { useEffect, useState } from 'react'
import type { SimMs } from '../../../../shared/ids'
import { simNow, simSpeed } from '../../store/lab'

const PACE_MS = 100

/** `running`: whether anything is drawn that time moves; where nothing is, it is always 0. */
export function useNow(running: boolean): SimMs {
  const [, setTurn] = useState(0)
  useEffect(() => {
    if (!running) return
    const timer = setInterval(() => {
      if (simSpeed() > 0) setTurn((turn) => turn + 1)
    }, PACE_MS)
    return () => clearInterval(timer)
  }, [running])
  return running ? simNow() : 0
}
