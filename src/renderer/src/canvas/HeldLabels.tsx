// Labels held packets, with a button to release each and a line to the packet. Of many, only the first one of each queue
// and the selected one have labels. The list of breakpoints has all of them.

import { StepForward } from 'lucide-react'
import { ViewportPortal } from 'reactflow'
import { factsOf } from '../../../shared/filter/state-facts'
import { formatCount } from '../../../shared/format'
import type { Packet } from '../../../shared/state/state'
import { run } from '../actions/run'
import { useUi } from '../choices/ui'
import { useFilter } from '../lab/filter'
import { useLab } from '../lab/lab'
import { useLesson } from '../lab/lesson'
import { useRefusal } from '../past/past'
import { packetInAWord } from '../ui/names'
import { Tip } from '../ui/Tip'
import './held-labels.css'
import type { GraphLayout } from './graph-layout'
import { gateWords, type PlacedLabel } from './held-labels'
import { useLabelZoom } from './label-zoom'
import { heldPacket } from './spotlight'
import { useHeldLabels } from './use-held-labels'

export function HeldLabels({ layout }: { layout: GraphLayout }) {
  const placed = useHeldLabels(layout)
  const selected = useUi(({ selection }) =>
    selection?.kind === 'packet' ? selection.id : undefined,
  )
  const zoom = useLabelZoom()
  if (placed.length === 0) return null
  return (
    <ViewportPortal>
      {placed.map((one) => (
        <Label
          key={one.label.packet.id}
          {...one}
          zoom={zoom}
          isSelected={one.label.packet.id === selected}
        />
      ))}
    </ViewportPortal>
  )
}

interface LabelProps extends PlacedLabel {
  zoom: number
  isSelected: boolean
}

function Label({ label, place, rect: { width }, isShort, zoom, isSelected }: LabelProps) {
  const { packet, behind, at } = label
  const readOnly = useRefusal('release') !== undefined
  const isDimmed = useFilter(
    ({ filter }) => filter && !filter.matches(factsOf(packet, useLab.getState().state)),
  )
  const isGate = useLesson(({ view }) => heldPacket(view) === packet.id)
  const word = packetInAWord(packet)
  const unsaid = isShort ? 'visually-hidden' : undefined
  return (
    <div
      className="held-label nodrag nopan"
      data-selected={isSelected}
      data-dimmed={isDimmed ?? false}
      data-short={isShort}
      style={{ transform: `translate(${at.x}px, ${at.y}px) scale(${1 / zoom})` }}
    >
      <svg className="held-label-leader" aria-hidden="true">
        <line x1={0} y1={0} x2={place.leader.x} y2={place.leader.y} />
      </svg>
      <div className="held-label-body" style={{ left: place.corner.x, top: place.corner.y, width }}>
        <button
          type="button"
          className={isGate ? 'held-label-gate' : undefined}
          aria-pressed={isSelected}
          onClick={() => useUi.getState().select({ kind: 'packet', id: packet.id })}
        >
          {isGate ? (
            <GateWords packet={packet} />
          ) : (
            <span>
              <span className={unsaid}>held: </span>
              {word}
            </span>
          )}
          {behind > 0 && (
            <span className="held-label-more">
              {' '}
              +{formatCount(behind)}
              <span className={unsaid}> behind</span>
            </span>
          )}
        </button>
        {!readOnly && !isGate && (
          <Tip text="Release">
            <button
              type="button"
              aria-label={`Release ${word}`}
              onClick={() => void run({ type: 'release', packet: packet.id })}
            >
              <StepForward size={13} aria-hidden="true" />
            </button>
          </Tip>
        )}
      </div>
    </div>
  )
}

/** The words on the packet that waits for the answer to a lesson's question. */
function GateWords({ packet }: { packet: Packet }) {
  const [title, line] = gateWords(packet)
  return (
    <span>
      <strong>{title}</strong>
      <span>{line}</span>
    </span>
  )
}
