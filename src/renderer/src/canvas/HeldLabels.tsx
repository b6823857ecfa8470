// Says beside held packets what they are, with a button to let them go. A handful at most: the first one of each
// queue, the selected one before all others. The breakpoints' list has them all.
import { StepForward } from 'lucide-react'
import { useStore, ViewportPortal } from 'reactflow'
import { factsOf } from '../../../shared/filter/facts'
import { run } from '../shell/run'
import { Tip } from '../shell/Tip'
import { useFilter } from '../store/filter'
import { useLab } from '../store/lab'
import { useUi } from '../store/ui'
import { formatCount } from '../text/format'
import { packetInAWord, useHeldQueues } from './held'
import './held-labels.css'
import { type HeldLabel, heldLabels, notOverlapping } from './held-labels'
import { useLookingBack } from './holds'
import type { Scene } from './scene'

/** From so many behind on, the label keeps clear of them. */
const LONG_TAIL = 3

export function HeldLabels({ scene }: { scene: Scene }) {
  const queues = useHeldQueues()
  const selected = useUi(({ selection }) =>
    selection?.kind === 'packet' ? selection.id : undefined,
  )
  const selectedNode = useUi(({ selection }) =>
    selection?.kind === 'node' ? selection.id : undefined,
  )
  const zoom = useStore(({ transform }) => transform[2])
  if (queues.length === 0) return null
  return (
    <ViewportPortal>
      {notOverlapping(heldLabels(queues, scene.links, selected), zoom).map((label) => (
        <Label
          key={label.packet.id}
          label={label}
          zoom={zoom}
          isSelected={label.packet.id === selected}
          below={label.link === selectedNode}
        />
      ))}
    </ViewportPortal>
  )
}

interface LabelProps {
  label: HeldLabel
  zoom: number
  isSelected: boolean
  /** Under its packet: over it are the tools of the selected node. */
  below: boolean
}

function Label({ label: { packet, behind, tail, at }, zoom, isSelected, below }: LabelProps) {
  const readOnly = useLookingBack() !== undefined
  const isDimmed = useFilter(
    ({ filter }) => filter && !filter.matches(factsOf(packet, useLab.getState().state)),
  )
  const word = packetInAWord(packet)
  return (
    <div
      className="held-label nodrag nopan"
      data-selected={isSelected}
      data-below={below}
      data-dimmed={isDimmed ?? false}
      data-tail={behind >= LONG_TAIL ? tail : undefined}
      style={{ transform: `translate(${at.x}px, ${at.y}px) scale(${1 / zoom})` }}
    >
      <div className="held-label-body">
        <button
          type="button"
          aria-pressed={isSelected}
          onClick={() => useUi.getState().select({ kind: 'packet', id: packet.id })}
        >
          held: {word}
          {behind > 0 && <span className="held-label-more"> +{formatCount(behind)} behind</span>}
        </button>
        {!readOnly && (
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
