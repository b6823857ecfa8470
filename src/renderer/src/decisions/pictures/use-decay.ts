// How much of a value is left that decays with the simulated clock: while time is paused it stands still.
import { useEffect, useState } from 'react'
import { type NodeId, PROXY, type SimMs } from '../../../../shared/ids'
import type { State } from '../../../../shared/state/state'
import { onFrame, simNow, simSpeed, useLab } from '../../lab/lab'
import type { Bar } from './picture'

const PACE_MS = 100
/** Less than this is as good as nothing. */
const LEAST_LEFT = 0.005

/** From 1 to 0; 1 for what does not decay. */
export function leftOf(decays: Bar['decays'], now: SimMs): number {
  return decays ? Math.exp(-Math.max(0, now - decays.from) / decays.withinMs) : 1
}

/** How many of the last packets are searched for an answer. */
const MOST_PACKETS = 500

/** When this server next answered after that moment; undefined: it has not. Its cost is then another one. */
export function answeredAfter(
  { packets, rows }: Pick<State, 'packets' | 'rows'>,
  server: string,
  from: SimMs,
): SimMs | undefined {
  const node: NodeId | undefined = rows.get(server)?.node
  let first: SimMs | undefined
  const oldest = Math.max(packets.first, packets.end - MOST_PACKETS)
  for (let index = packets.end - 1; index >= oldest; index--) {
    const packet = packets.at(index)
    if (packet?.from !== node || packet?.to !== PROXY || packet?.endedAt === undefined) continue
    if (packet.endedAt >= from && packet.status === 'delivered') {
      first = Math.min(packet.endedAt, first ?? packet.endedAt)
    }
  }
  return first
}

interface Decay {
  /** From 1 to 0; 1 for what does not decay. */
  readonly left: number
  /** An answer has ended it. */
  readonly hasEnded: boolean
}

export function useDecay(server: string, decays: Bar['decays']): Decay {
  const [now, setNow] = useState(simNow)
  const [end, setEnd] = useState<SimMs>()
  useEffect(() => {
    if (decays === undefined) return
    let timer: ReturnType<typeof setInterval> | undefined
    const turn = () => {
      const answered = answeredAfter(useLab.getState().state, server, decays.from)
      const time = Math.min(simNow(), answered ?? Number.POSITIVE_INFINITY)
      setNow(time)
      setEnd(answered)
      const runs = simSpeed() > 0 && answered === undefined && leftOf(decays, time) > LEAST_LEFT
      if (runs) timer ??= setInterval(turn, PACE_MS)
      else {
        clearInterval(timer)
        timer = undefined
      }
    }
    turn()
    const stop = onFrame(turn)
    return () => {
      stop()
      clearInterval(timer)
    }
  }, [server, decays])
  return { left: leftOf(decays, now), hasEnded: end !== undefined }
}
