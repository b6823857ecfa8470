// Shows the way of a packet of the past again, marked as such.
import { X } from 'lucide-react'
import { useEffect, useMemo, useRef } from 'react'
import { useReactFlow, ViewportPortal } from 'reactflow'
import { type PacketId, PROXY } from '../../../../shared/ids'
import type { Packet } from '../../../../shared/state/state'
import { useTravel } from '../../choices/travel'
import { everyFrame } from '../../lab/animation-frames'
import { usePacedState } from '../../lab/paced'
import { useExchange } from '../../past/packet-source'
import { PacketIcon } from '../../ui/PacketIcon'
import type { Point } from '../../ui/point'
import type { GraphLayout } from '../graph-layout'
import { laneFor } from '../links/lanes'
import { pointOnLink } from '../packets'
import { ghostLegs, legAt } from './ghost-legs'
import { place } from './place'

export function Ghost({ packet: id, layout }: { packet: PacketId; layout: GraphLayout }) {
  const state = usePacedState()
  const { packets, isWhole } = useExchange(state, id)
  const legs = useMemo(() => (isWhole ? ghostLegs(packets) : []), [packets, isWhole])
  const shape = useRef<HTMLDivElement>(null)
  const flow = useReactFlow()
  const latest = useRef(layout)
  latest.current = layout

  useEffect(() => {
    if (legs.length === 0) return undefined
    const startedAt = performance.now()
    const isCalm = window.matchMedia('(prefers-reduced-motion: reduce)').matches
    return everyFrame((realMs) => {
      const now = legAt(legs, realMs - startedAt)
      if (now === undefined) {
        useTravel.getState().stop()
        return false
      }
      const element = shape.current
      const at = placeOnLink(now.leg.packet, isCalm ? 0.5 : now.part, latest.current)
      if (element && at) {
        element.dataset.kind = String(now.leg.packet.kind)
        place(element, at, flow.getZoom())
      }
      return true
    })
  }, [legs, flow])

  return (
    <>
      <ViewportPortal>
        <div ref={shape} className="ghost" aria-hidden="true">
          {([0, 1, 2, 'error'] as const).map((kind) => (
            <span key={kind} data-kind={kind}>
              <PacketIcon kind={kind} size={22} />
            </span>
          ))}
          <span className="ghost-word">again</span>
        </div>
      </ViewportPortal>
      <div className="ghost-note" role="status">
        Packet {id} again, not live
        <button type="button" aria-label="Stop" onClick={() => useTravel.getState().stop()}>
          <X size={14} aria-hidden="true" />
        </button>
      </div>
    </>
  )
}

function placeOnLink(packet: Packet, part: number, { links }: GraphLayout): Point | undefined {
  const fromProxy = packet.from === PROXY
  const path = links.get(fromProxy ? packet.to : packet.from)
  return path && pointOnLink(path, part, fromProxy, laneFor(links.size))
}
