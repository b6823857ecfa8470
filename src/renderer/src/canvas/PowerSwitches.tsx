// The power switch on the card of each inside server. It lies over the card and not in it: the card is a button, and a
// button holds no other.
import { Power } from 'lucide-react'
import { useStore, ViewportPortal } from 'reactflow'
import type { NodeId } from '../../../shared/ids'
import { stopServer } from '../actions/servers'
import { useLab } from '../lab/lab'
import { useRefusal } from '../past/past'
import { inSentence, nameOfNode } from '../ui/names'
import { useDimmed } from './dimming'
import type { Rect } from './geometry'
import type { GraphLayout } from './graph-layout'
import './power-switch.css'
import type { Structure } from './structure'
import { SWITCH_SIZE, switchRect } from './switch-place'

/** Pixels. */
const ICON_SIZE = 14
/** On a small graph only what can be clicked grows further, for the icon would cover the card's words. */
const LARGEST_SCALE = 1.4

interface PowerSwitchesProps {
  structure: Structure
  layout: GraphLayout
}

export function PowerSwitches({ structure, layout }: PowerSwitchesProps) {
  return (
    <ViewportPortal>
      {structure.actors.map(({ id, role }) => {
        const rect = role === 'server' ? layout.actors.get(id) : undefined
        return rect && <Switch key={id} node={id} rect={rect} />
      })}
    </ViewportPortal>
  )
}

function Switch({ node: id, rect }: { node: NodeId; rect: Rect }) {
  const name = useLab(({ state }) => {
    const node = state.nodes.get(id)
    return node?.role === 'server' && node.origin === 'inside' ? nameOfNode(node) : undefined
  })
  const stopped = useLab(({ state }) => state.nodes.get(id)?.stopped === true)
  const dimmed = useDimmed(id)
  const refusal = useRefusal('updateServer')?.sentence
  const zoom = useStore(({ transform: [, , now] }) => now)
  if (name === undefined) return null
  const { x, y, width } = switchRect(rect, zoom)
  const scale = width / SWITCH_SIZE
  return (
    <button
      type="button"
      role="switch"
      aria-checked={!stopped}
      data-mark-of={id}
      aria-label={`Power of ${inSentence(name)}`}
      className={`power-switch nodrag nopan${dimmed ? ' is-dimmed' : ''}`}
      style={{
        transform: `translate(${x}px, ${y}px) scale(${scale})`,
      }}
      title={
        refusal ?? (stopped ? 'Start it: it registers again' : 'Stop it: nothing listens any more')
      }
      disabled={refusal !== undefined}
      onClick={() => void stopServer(id, !stopped)}
    >
      <Power
        size={ICON_SIZE * Math.min(1, LARGEST_SCALE / scale)}
        strokeWidth={2.25}
        aria-hidden="true"
      />
    </button>
  )
}
