// Draws the packets that do not match the active filter faintly.
import { useFilter } from '../../lab/filter'
import { useLab } from '../../lab/lab'
import { faintBy } from '../dimming'
import type { PacketLayer } from './layer'

/** Returns the way to stop. */
export function followFilter(layer: PacketLayer): () => void {
  const stateNow = () => useLab.getState().state
  let { filter } = useFilter.getState()
  if (filter) layer.setFaint(faintBy(filter, stateNow))
  const stop = useFilter.subscribe((choice) => {
    if (choice.filter === filter) return
    filter = choice.filter
    layer.setFaint(faintBy(filter, stateNow))
  })
  return () => {
    stop()
    layer.setFaint(undefined)
  }
}
