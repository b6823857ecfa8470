// Lights the way of the selected packet, follows a packet with its label, and shows a way again.
import { X } from 'lucide-react'
import { useEffect, useMemo, useRef } from 'react'
import { useReactFlow, ViewportPortal } from 'reactflow'
import { type PacketId, PROXY } from '../../../../shared/ids'
import type { Packet } from '../../../../shared/state/state'
import { useTravel } from '../../choices/travel'
import { useUi } from '../../choices/ui'
import { everyFrame } from '../../lab/animation-frames'
import { usePacedState } from '../../lab/paced'
import { useExchange } from '../../past/packet-source'
import { inSentence, KIND_NAMES, nodeName, packetInAWord } from '../../ui/names'
import { PacketIcon } from '../../ui/PacketIcon'
import type { Point } from '../../ui/point'
import type { GraphLayout } from '../graph-layout'
import { laneFor } from '../links/lanes'
import { packetLayer, pointOnLink } from '../packets'
import { useViewState } from '../view-state'
import { ghostLegs, legAt } from './ghost-legs'
import { NO_WAY, sameWay, useWay, wayOf } from './way'
import './way.css'

export function Travel({ layout }: { layout: GraphLayout }) {
  const selected = useUi(({ selection }) =>
    selection?.kind === 'packet' ? selection.id : undefined,
  )
  const travel = useTravel((choice) => choice.travel)
  // What is shown belongs to the selected packet.
  useEffect(() => {
    if (travel && travel.packet !== selected) useTravel.getState().stop()
  }, [travel, selected])
  return (
    <>
      {selected !== undefined && <LitWay packet={selected} />}
      {travel?.kind === 'follow' && <Follower key={travel.run} packet={travel.packet} />}
      {travel?.kind === 'again' && (
        <Ghost key={travel.run} packet={travel.packet} layout={layout} />
      )}
    </>
  )
}

function LitWay({ packet }: { packet: PacketId }) {
  const { packets } = useExchange(usePacedState(), packet)
  useEffect(() => {
    const way = wayOf(packets)
    if (!sameWay(way, useWay.getState().way)) useWay.setState({ way })
  }, [packets])
  useEffect(() => () => useWay.setState({ way: NO_WAY }), [])
  return null
}

/** Milliseconds that the label stays after the last packet of the exchange has arrived. */
const LINGER_MS = 1_500
/** The part of the canvas's width and height at each edge into which a followed packet must not get. */
const MARGIN = 0.12

/** Keeps the exchange's packet in flight in sight, with a label beside it. */
function Follower({ packet: first }: { packet: PacketId }) {
  const state = usePacedState()
  const { packets } = useExchange(state, first)
  const flow = useReactFlow()
  const label = useRef<HTMLDivElement>(null)
  const flying = packets.findLast(({ status }) => status === 'flying')
  const shown = flying ?? packets.at(-1)
  const id = flying?.id

  useEffect(() => {
    if (id === undefined) return undefined
    return everyFrame(() => {
      const at = packetLayer.placeOf(id)
      const element = label.current
      if (at && element) {
        place(element, at, flow.getZoom())
        keepInSight(at, flow, element.closest('.canvas'))
      }
      return true
    })
  }, [id, flow])
  useEffect(() => {
    if (id !== undefined) return undefined
    const timer = setTimeout(() => useTravel.getState().stop(), LINGER_MS)
    return () => clearTimeout(timer)
  }, [id])

  if (!shown) return null
  const to = inSentence(nodeName(state, shown.to))
  return (
    <ViewportPortal>
      <div ref={label} className="travel-label" role="status">
        <PacketIcon kind={shown.kind} size={12} />
        {flying ? `${wordOf(shown)} to ${to}` : `arrived at ${to}`}
      </div>
    </ViewportPortal>
  )
}

/** A packet of the past on its way, marked as such. */
function Ghost({ packet: id, layout }: { packet: PacketId; layout: GraphLayout }) {
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

function wordOf(packet: Packet): string {
  return packet.kind === 0 ? `message ${packetInAWord(packet)}` : KIND_NAMES[packet.kind]
}

function placeOnLink(packet: Packet, part: number, { links }: GraphLayout): Point | undefined {
  const fromProxy = packet.from === PROXY
  const path = links.get(fromProxy ? packet.to : packet.from)
  return path && pointOnLink(path, part, fromProxy, laneFor(links.size))
}

function place(element: HTMLElement, { x, y }: Point, zoom: number): void {
  element.style.transform = `translate(${x}px, ${y}px) scale(${1 / zoom})`
  element.style.visibility = 'visible'
}

function keepInSight(
  at: Point,
  flow: ReturnType<typeof useReactFlow>,
  canvas: Element | null,
): void {
  if (!canvas) return
  const { x, y, zoom } = flow.getViewport()
  const { clientWidth, clientHeight } = canvas
  const across = (at.x * zoom + x) / clientWidth
  const down = (at.y * zoom + y) / clientHeight
  const isInSight = [across, down].every((part) => part > MARGIN && part < 1 - MARGIN)
  if (isInSight) return
  useViewState.getState().holdView(true)
  void flow.setCenter(at.x, at.y, { zoom, duration: 0 })
}
