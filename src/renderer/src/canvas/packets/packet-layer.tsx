// The lab's packets on the canvas: the one packet layer, fed from the stores. Render `<PacketLayerView />` as a child
// of <ReactFlow>, and set the links with `packetLayer`.
import { useEffect, useSyncExternalStore } from 'react'
import { factsOf } from '../../../../shared/filter/state-facts'
import { useUi } from '../../choices/ui'
import { onFrame, simNow, simSpeed, useLab } from '../../lab/lab'
import { appliedScheme, onAppliedScheme } from '../../ui/theme/apply'
import { policyIndex } from '../../ui/theme/policy'
import { COLOURS } from '../../ui/theme/tokens'
import { followFilter } from './follow-filter'
import { PacketLayer } from './layer'
import { PacketSurface } from './PacketSurface'

export type { DrawnLink } from './link-book'

export const packetLayer = new PacketLayer()

export function PacketLayerView() {
  useEffect(() => {
    const stops = [
      followRims(),
      followLab(),
      followSelection(),
      followLook(),
      followFilter(packetLayer),
    ]
    return () => {
      for (const stop of stops) stop()
    }
  }, [])
  return <PacketSurface layer={packetLayer} />
}

/** The number of packets in flight beyond those that are drawn. */
export function usePacketsNotDrawn(): number {
  return useSyncExternalStore(
    (changed) => packetLayer.onNotDrawn(changed),
    () => packetLayer.notDrawn,
  )
}

/** Gives packets a rim in the colour of their policy. */
function followRims(): () => void {
  const follow = () =>
    packetLayer.setRims((id) => {
      const { state } = useLab.getState()
      const packet = state.inFlight.get(id)
      const policy = packet && factsOf(packet, state).policy()
      return policy === undefined ? undefined : policyIndex(state, policy)
    })
  follow()
  return useLab.subscribe((lab, before) => {
    if (lab.state.slots !== before.state.slots) follow()
  })
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

/** Sets the time on the screen: the lab's, the past's, or that of a gliding step. */
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

/** Follows the theme on the document, in which the rest of the screen is painted. */
function followLook(): () => void {
  const motion = window.matchMedia('(prefers-reduced-motion: reduce)')
  const follow = () => {
    packetLayer.setLook(COLOURS[appliedScheme()], motion.matches)
  }
  follow()
  const stop = onAppliedScheme(follow)
  motion.addEventListener('change', follow)
  return () => {
    stop()
    motion.removeEventListener('change', follow)
  }
}
