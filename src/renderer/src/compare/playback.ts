// Plays, steps and scrubs the compared labs together: one clock for all.
import { PACKET_NUMBERS } from '../../../shared/compare/comparison'
import { type Compared, useComparison } from './run'

export function seek(atMs: number): void {
  const { compared } = useComparison.getState()
  if (compared === undefined) return
  useComparison.setState({ atMs: Math.max(0, Math.min(compared.endMs, atMs)) })
}

/** At the end, playing starts from the beginning. */
export function togglePlaying(): void {
  const { playing, atMs, compared } = useComparison.getState()
  if (compared === undefined) return
  useComparison.setState({ playing: !playing, atMs: !playing && atMs >= compared.endMs ? 0 : atMs })
}

/** Goes to the next moment when a packet is sent or arrives in a lab, or to the next second if that is earlier. */
export function step(): void {
  const { compared, atMs } = useComparison.getState()
  if (compared === undefined) return
  useComparison.setState({ playing: false })
  seek(nextMoment(compared, atMs))
}

function nextMoment({ comparison }: Compared, atMs: number): number {
  let next = (Math.floor(atMs / 1000) + 1) * 1000
  for (const { packets } of comparison.labs) {
    for (let place = 0; place < packets.length; place += PACKET_NUMBERS) {
      for (const at of [packets[place + 3] ?? 0, packets[place + 4] ?? 0]) {
        if (at > atMs && at < next) next = at
      }
      // Packets are in order of sending.
      if ((packets[place + 3] ?? 0) > next) break
    }
  }
  return next
}

/** Moves the shown moment `speed` times as fast as real time. Returns a function that ends it. */
export function play(speed: number): () => void {
  let last = performance.now()
  let frame = requestAnimationFrame(function move(now) {
    const { atMs, compared } = useComparison.getState()
    seek(atMs + (now - last) * speed)
    last = now
    if (compared === undefined || useComparison.getState().atMs >= compared.endMs) {
      useComparison.setState({ playing: false })
      return
    }
    frame = requestAnimationFrame(move)
  })
  return () => cancelAnimationFrame(frame)
}
