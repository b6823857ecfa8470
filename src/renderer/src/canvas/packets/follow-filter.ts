// Draws the packets faintly that the active filter, or the spotlight of a lesson or of the presenter, leaves out.
import { useUi } from '../../choices/ui'
import { useFilter } from '../../lab/filter'
import { useLab } from '../../lab/lab'
import { useLesson } from '../../lab/lesson'
import { faintBy } from '../dimming'
import { faintBeside } from '../lit-target'
import { heldPacket } from '../spotlight'
import type { PacketLayer } from './layer'

/** Returns the way to stop. */
export function followFilter(layer: PacketLayer): () => void {
  const stateNow = () => useLab.getState().state
  let filter = useFilter.getState().filter
  let lit = litPacket()
  let target = useUi.getState().spotlight
  const follow = () => {
    const byFilter = faintBy(filter, stateNow)
    const packet = lit
    const beside = target && faintBeside(target, stateNow)
    if (beside) layer.setFaint((id) => beside(id) || byFilter?.(id) === true)
    else if (packet === undefined) layer.setFaint(byFilter)
    else layer.setFaint((id) => id !== packet || byFilter?.(id) === true)
  }
  if (filter || lit !== undefined || target !== null) follow()
  const stops = [
    useFilter.subscribe((choice) => {
      if (choice.filter === filter) return
      filter = choice.filter
      follow()
    }),
    useUi.subscribe(({ spotlight }) => {
      if (spotlight === target) return
      target = spotlight
      follow()
    }),
    useLesson.subscribe(() => {
      const now = litPacket()
      if (now === lit) return
      lit = now
      follow()
    }),
  ]
  return () => {
    for (const stop of stops) stop()
    layer.setFaint(undefined)
  }
}

/** The packet that waits for an answer, where the spotlight is on it. */
function litPacket() {
  const { view } = useLesson.getState()
  const isLit = view?.spotlight.some(({ kind }) => kind === 'packet') === true
  return (isLit ? heldPacket(view) : null) ?? undefined
}
