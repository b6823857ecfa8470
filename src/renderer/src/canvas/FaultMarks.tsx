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
import { type ArrowWay, FaultIcon, WayArrow } from './FaultIcon'
import './fault-marks.css'
import type { GraphLayout } from './graph-layout'
import { useLabelZoom } from './label-zoom'
import { harmedLanes, harmOf, type LinkHarm } from './link-harm'
import type { LinkPath } from './links/path'
import { isCrowded, roomAround, spanOf } from './links/room'
import { pointOnLink } from './packets'

/** The part of the way from the node to the proxy. */
const AT = 0.45
/** Among many links, beside the node: farther on, links share their way. */
const AT_CROWDED = 0.06
/** Pixels, as in fault-marks.css: all but the words, and a character of them. */
const EMPTY = 44
const CHARACTER = 7

export function FaultMarks({ layout }: { layout: GraphLayout }) {
  const faults = useLab(({ state }) => state.faults)
  if (faults.size === 0) return null
  return (
    <EdgeLabelRenderer>
      {[...layout.links].map(([node, path]) => {
        const harm = harmOf(faults, node)
        if (harm === undefined) return null
        return <Mark key={node} node={node} harm={harm} path={path} links={layout.links.size} />
      })}
    </EdgeLabelRenderer>
  )
}

interface MarkProps {
  node: string
  harm: LinkHarm
  path: LinkPath
  /** How many links there are. */
  links: number
}

function Mark({ node, harm, path, links }: MarkProps) {
  const zoom = useLabelZoom()
  const name = useLab(({ state }) => nodeName(state, node))
  const dimmed = useDimmed(node)
  const crowded = isCrowded(links, zoom)
  const at = pointOnLink(path, crowded ? AT_CROWDED : AT)
  const room = crowded ? 0 : roomAround(at, spanOf(path)) * zoom
  const words = [harm.short, harm.names].find((text) => EMPTY + text.length * CHARACTER <= room)
  const ways = screenWays(node, harm, path)
  const style: CSSProperties = {
    transform: `translate(${at.x}px, ${at.y}px) scale(${1 / zoom}) translate(-50%, -50%)`,
  }
  return (
    <Tip text={tipOf(harm)}>
      <button
        type="button"
        className={`fault-mark nodrag nopan${crowded ? ' is-crowded' : ''}${dimmed ? ' is-dimmed' : ''}`}
        style={style}
        data-mark-of={node}
        aria-label={`Faults of the link of ${inSentence(name)}: ${harm.words}`}
        onClick={() => showFaults(node)}
      >
        <span className="fault-mark-body">
          {ways.left && <WayArrow to={ways.left} />}
          <FaultIcon kinds={harm.kinds} />
          {words !== undefined && <span>{words}</span>}
          {ways.right && <WayArrow to={ways.right} />}
        </span>
      </button>
    </Tip>
  )
}

/** The ways of the harmed bytes on the screen, for the ends of the mark. */
function screenWays(
  node: string,
  harm: LinkHarm,
  path: LinkPath,
): { left?: ArrowWay; right?: ArrowWay } {
  const { toProxy, fromProxy } = harmedLanes(node, harm)
  const start = path[0]?.[0] ?? { x: 0, y: 0 }
  const end = path.at(-1)?.[3] ?? start
  const isUpright = Math.abs(end.y - start.y) > 2 * Math.abs(end.x - start.x)
  const proxyIsAhead = isUpright ? end.y > start.y : end.x > start.x
  const [back, ahead] = proxyIsAhead ? [fromProxy, toProxy] : [toProxy, fromProxy]
  return {
    ...(back && { left: isUpright ? 'up' : 'left' }),
    ...(ahead && { right: isUpright ? 'down' : 'right' }),
  }
}

/** All of them, and of a single one, what it does. */
function tipOf({ kinds, words }: LinkHarm): string {
  const [first, ...others] = kinds
  if (first === undefined || first === UNKNOWN || others.length > 0) return `Faults: ${words}.`
  const { seen, program } = FAULT_WORDS[first]
  return `Fault: ${words}. You see: ${seen} The program sees: ${program}`
}
