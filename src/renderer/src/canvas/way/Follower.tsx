// Keeps the packet of an exchange that is in flight in sight, with a label beside it.
import { useCallback, useEffect, useRef } from 'react'
import { useOnViewportChange, useReactFlow, ViewportPortal } from 'reactflow'
import type { PacketId } from '../../../../shared/ids'
import { attemptOf } from '../../../../shared/state/decisions'
import type { Packet } from '../../../../shared/state/state'
import { useTravel } from '../../choices/travel'
import { usePacedState } from '../../lab/paced'
import { whileTimeRuns } from '../../lab/ticks'
import { useExchange } from '../../past/packet-source'
import { AttemptMark } from '../../ui/AttemptMark'
import { inSentence, KIND_NAMES, nodeName, packetInAWord } from '../../ui/names'
import { PacketIcon } from '../../ui/PacketIcon'
import type { Point } from '../../ui/point'
import type { GraphLayout } from '../graph-layout'
import { packetLayer } from '../packets'
import { useViewState } from '../view-state'
import { place } from './place'

/** Milliseconds that the label stays after the last packet of the exchange has arrived. */
const LINGER_MS = 1_500
/** The part of the canvas's width and height at each edge into which a followed packet must not get. */
const MARGIN = 0.12

export function Follower({ packet: first, layout }: { packet: PacketId; layout: GraphLayout }) {
  const state = usePacedState()
  const { packets } = useExchange(state, first)
  const flow = useReactFlow()
  const label = useRef<HTMLDivElement>(null)
  const flying = packets.findLast(({ status }) => status === 'flying')
  const shown = flying ?? packets.at(-1)
  const id = flying?.id

  const placeLabel = useCallback((): Point | undefined => {
    const at = id === undefined ? undefined : packetLayer.placeOf(id)
    if (at && label.current) place(label.current, at, flow.getZoom())
    return at
  }, [id, flow])
  useEffect(() => {
    if (id === undefined) return undefined
    return whileTimeRuns(() => {
      const at = placeLabel()
      if (at) keepInSight(at, flow, label.current?.closest('.canvas') ?? null)
    })
  }, [id, flow, placeLabel])
  // While time stands still, the person may look elsewhere, and nodes may move.
  useOnViewportChange({ onChange: placeLabel })
  useEffect(() => {
    if (layout.links.size > 0) placeLabel()
  }, [layout, placeLabel])
  useEffect(() => {
    if (id !== undefined) return undefined
    const timer = setTimeout(() => useTravel.getState().stop(), LINGER_MS)
    return () => clearTimeout(timer)
  }, [id])

  if (!shown) return null
  const to = inSentence(nodeName(state, shown.to))
  const attempt = attemptOf(
    shown,
    packets.find(({ id, exchange }) => id === exchange),
  )
  return (
    <ViewportPortal>
      <div ref={label} className="travel-label" role="status">
        <PacketIcon kind={shown.kind} size={12} />
        {flying ? `${wordOf(shown)} to ${to}` : `arrived at ${to}`}
        {attempt > 1 && <AttemptMark attempt={attempt} />}
      </div>
    </ViewportPortal>
  )
}

function wordOf(packet: Packet): string {
  return packet.kind === 0 ? `message ${packetInAWord(packet)}` : KIND_NAMES[packet.kind]
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
