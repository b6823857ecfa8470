// The mark on a link with faults: the fault's shape (of several, a bolt), their names, and an arrow on the side to which the
// bytes go that meet them. It opens the faults in the inspector.
import type { CSSProperties } from 'react'
import { EdgeLabelRenderer } from 'reactflow'
import { FAULT_WORDS } from '../../../shared/fault-words'
import { UNKNOWN } from '../../../shared/settings/setting'
import { showFaults } from '../actions/faults'
import { useLab } from '../lab/lab'
import { inSentence, nodeName } from '../ui/names'
import { Tip } from '../ui/Tip'
import { useDimmed } from './dimming'
import { FaultIcon, WayArrow } from './FaultIcon'
import './fault-marks.css'
import type { GraphLayout } from './graph-layout'
import { useLabelZoom } from './label-zoom'
import type { LinkHarm } from './link-harm'
import { type PlacedFaults, useFaultPlaces } from './use-fault-places'

export function FaultMarks({ layout }: { layout: GraphLayout }) {
  const placed = useFaultPlaces(layout)
  if (placed.length === 0) return null
  return (
    <EdgeLabelRenderer>
      {placed.map((one) => (
        <Mark key={one.node} {...one} />
      ))}
    </EdgeLabelRenderer>
  )
}

function Mark({ node, harm, at, words, isNarrow, scale, left, right }: PlacedFaults) {
  const zoom = useLabelZoom()
  const name = useLab(({ state }) => nodeName(state, node))
  const dimmed = useDimmed(node)
  const style: CSSProperties = {
    transform: `translate(${at.x}px, ${at.y}px) scale(${scale / zoom}) translate(-50%, -50%)`,
  }
  return (
    <Tip text={tipOf(harm)}>
      <button
        type="button"
        className={`fault-mark nodrag nopan${isNarrow ? ' is-narrow' : ''}${dimmed ? ' is-dimmed' : ''}`}
        style={style}
        data-mark-of={node}
        aria-label={`Faults of the link of ${inSentence(name)}: ${harm.words}`}
        onClick={() => showFaults(node)}
      >
        <span className="fault-mark-body">
          {left && <WayArrow to={left} />}
          <FaultIcon kinds={harm.kinds} />
          {words !== undefined && <span>{words}</span>}
          {right && <WayArrow to={right} />}
        </span>
      </button>
    </Tip>
  )
}

/** All of them, and of a single one, what it does. */
function tipOf({ kinds, words }: LinkHarm): string {
  const [first, ...others] = kinds
  if (first === undefined || first === UNKNOWN || others.length > 0) return `Faults: ${words}.`
  const { seen, program } = FAULT_WORDS[first]
  return `Fault: ${words}. You see: ${seen} The program sees: ${program}`
}
