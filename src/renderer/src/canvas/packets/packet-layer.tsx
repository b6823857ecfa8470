// The lab's packets on the canvas: the one packet layer, fed from the stores. Render `<PacketLayer />` as a child
// of <ReactFlow>; say where the links are through `packetLayer`.
import { useEffect, useSyncExternalStore } from 'react'
import { onFrame, simNow, useLab } from '../../store/lab'
import { useUi } from '../../store/ui'
import { COLOURS } from '../../theme/tokens'
import { PacketLayer as Layer } from './layer'
import { PacketSurface } from './PacketSurface'

export type { Link } from './link-book'

export const packetLayer = new Layer()

export function PacketLayer() {
  useEffect(() => {
    const stops = [followLab(), followSelection(), followLook()]
    return () => {
      for (const stop of stops) stop()
    }
  }, [])
  return <PacketSurface layer={packetLayer} />
}

/** How many packets in flight are too many to be drawn. */
export function usePacketsNotDrawn(): number {
  return useSyncExternalStore(
    (changed) => packetLayer.onNotDrawn(changed),
    () => packetLayer.notDrawn,
  )
}

function followLab(): () => void {
  const { state } = useLab.getState()
  packetLayer.reset(state.inFlight.values())
  setClock(state.clock)
  return onFrame((change, { inFlight, clock }) => {
    setClock(clock)
    if (change.kind === 'events') packetLayer.take(change.events)
    else packetLayer.reset(inFlight.values())
  })
}

function setClock({ paused, speed }: { paused: boolean; speed: number }): void {
  packetLayer.setClock(simNow(), paused ? 0 : speed)
}

function followSelection(): () => void {
  const follow = () => {
    const { selection } = useUi.getState()
    packetLayer.select(selection?.kind === 'packet' ? selection.id : undefined)
  }
  follow()
  return useUi.subscribe(follow)
}

/** The theme in force is the one on the document: it is what the rest of the screen is painted in. */
function followLook(): () => void {
  const root = document.documentElement
  const motion = window.matchMedia('(prefers-reduced-motion: reduce)')
  const follow = () => {
    packetLayer.setLook(COLOURS[root.dataset.theme === 'dark' ? 'dark' : 'light'], motion.matches)
  }
  follow()
  const observer = new MutationObserver(follow)
  observer.observe(root, { attributes: true, attributeFilter: ['data-theme'] })
  motion.addEventListener('change', follow)
  return () => {
    observer.disconnect()
    motion.removeEventListener('change', follow)
  }
}
