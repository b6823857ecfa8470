// The lab's packets on the canvas: the one packet layer, fed from the stores. Render `<PacketLayerView />` as a child
// of <ReactFlow>; say where the links are through `packetLayer`.
import { useEffect, useSyncExternalStore } from 'react'
import { useUi } from '../../choices/ui'
import { onFrame, simNow, simSpeed, useLab } from '../../lab/lab'
import { COLOURS } from '../../ui/theme/tokens'
import { followFilter } from './follow-filter'
import { PacketLayer } from './layer'
import { PacketSurface } from './PacketSurface'

export type { DrawnLink } from './link-book'

export const packetLayer = new PacketLayer()

export function PacketLayerView() {
  useEffect(() => {
    const stops = [followLab(), followSelection(), followLook(), followFilter(packetLayer)]
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
  packetLayer.reset(useLab.getState().state.inFlight.values())
  setClock()
  return onFrame((change, { inFlight }) => {
    setClock()
    if (change.kind === 'events') packetLayer.take(change.events)
    else packetLayer.reset(inFlight.values())
  })
}

/** The time on the screen: the lab's, or that of the past, or of a step that glides. */
function setClock(): void {
  packetLayer.setClock(simNow(), simSpeed())
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
