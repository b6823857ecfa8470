// One ring of the roundabout. Its exits do not move. A brighter segment with a pointer turns, always clockwise, to the
// server whose turn is next, or is there at once where decisions follow one another closely. A decision briefly shows
// whose turn it was, which servers were skipped, and which was chosen.
import { memo, useId, useState } from 'react'
import { passedOverIn, turnOf } from '../../../../shared/decision/words'
import { shortenedId } from '../../../../shared/format'
import type { ProtocolId } from '../../../../shared/ids'
import type { Decision } from '../../../../shared/state/state'
import { visibly } from '../../../../shared/visible-controls'
import { useUi } from '../../choices/ui'
import { useTurns } from '../../decisions'
import { policyVariable } from '../../ui/theme/policy'
import {
  type Band,
  exitAt,
  gapFor,
  isLabelled,
  labelPlan,
  labelTransform,
  pointerWidth,
  segmentPath,
  turnClockwise,
} from '../ring'
import type { PolicyRing } from '../rings'
import { PROJECTOR_TEXT } from '../spacing'
import { useWay } from '../way/way'

interface RingProps {
  ring: PolicyRing
  band: Band
}

export const Ring = memo(function Ring({ ring, band }: RingProps) {
  const colour = useTurns(({ state }) => policyVariable(state, ring.policy))
  const next = useTurns(({ state }) => state.next.get(ring.policy) ?? null)
  const sweeps = useTurns(({ sweeping }) => sweeping.has(ring.policy))
  const decision = useTurns(({ receipt }) =>
    receipt?.policy === ring.policy ? receipt : undefined,
  )
  const middle = (band.inner + band.outer) / 2
  if (ring.exits.length === 0) {
    return (
      <circle className="ring-unserved" r={middle} style={{ '--node-colour': colour }}>
        <title>{visibly`Nobody serves policy ${ring.policy}`}</title>
      </circle>
    )
  }
  const nextIndex = ring.exits.findIndex(({ server }) => server === next)
  return (
    <g style={{ '--node-colour': colour }}>
      <title>{visibly`Policy ${ring.policy}`}</title>
      <Exits ring={ring} band={band} />
      {/* A new element for each decision restarts its animation. */}
      {decision && (
        <Receipt
          key={`${decision.exchange} ${decision.attempt}`}
          ring={ring}
          band={band}
          decision={decision}
        />
      )}
      <Labels ring={ring} band={band} picked={decision?.server ?? null} />
      <OnWay ring={ring} band={band} />
      {nextIndex >= 0 && <Pointer ring={ring} band={band} index={nextIndex} sweeps={sweeps} />}
    </g>
  )
})

/** All exits as two paths (up and down), so that three hundred cost as much as three. */
const Exits = memo(function Exits({ ring: { exits }, band }: RingProps) {
  const gap = gapFor(band, exits.length)
  let up = ''
  let down = ''
  exits.forEach((exit, index) => {
    const path = segmentPath(band, exitAt(index, exits.length), gap)
    if (exit.up) up += path
    else down += path
  })
  return (
    <>
      <path className="ring-exits" d={up} />
      {down !== '' && <path className="ring-exits is-down" d={down} />}
    </>
  )
})

/** Frames the exits that the selected packet's exchange took. */
function OnWay({ ring: { policy, exits }, band }: RingProps) {
  const way = useWay((choice) => choice.way)
  if (way.policy !== policy || way.servers.size === 0) return null
  const gap = gapFor(band, exits.length)
  const paths = exits.map(({ server }, index) =>
    way.servers.has(server) ? segmentPath(band, exitAt(index, exits.length), gap) : '',
  )
  return <path className="ring-on-way" d={paths.join('')} />
}

interface PointerProps extends RingProps {
  index: number
  sweeps: boolean
}

/** Labels are drawn anew upon the pointer, in a colour that can be read there, also while it sweeps. */
function Pointer({ ring, band, index, sweeps }: PointerProps) {
  const clip = useId()
  const of = ring.exits.length
  const target = exitAt(index, of).middle
  const [angle, setAngle] = useState(target)
  const turned = turnClockwise(angle, target)
  if (turned !== angle) setAngle(turned)
  const width = pointerWidth(band, of)
  const segment = segmentPath(
    band,
    { start: -width / 2, middle: 0, end: width / 2 },
    gapFor(band, of),
  )
  const size = Math.min(6, (band.outer - band.inner) / 3)
  const tip = -band.inner - size
  const classes = ['ring-pointer']
  if (sweeps) classes.push('is-sweeping')
  if (ring.exits[index]?.up === false) classes.push('is-down')
  const className = classes.join(' ')
  const style = { transform: `rotate(${turned}deg)` }
  return (
    <>
      <g className={className} style={style}>
        <path className="ring-next" d={segment} />
        <path className="ring-needle" d={`M0 ${tip}L${size} ${-band.inner + 1.5}H${-size}Z`} />
      </g>
      <clipPath id={clip}>
        <path className={className} style={style} d={segment} />
      </clipPath>
      <g className="ring-labels-on-pointer" clipPath={`url(#${clip})`}>
        <Labels ring={ring} band={band} picked={null} />
      </g>
    </>
  )
}

/** The latest decision: which server was chosen, which were skipped, and whose turn it was. */
function Receipt({ ring: { exits }, band, decision }: RingProps & { decision: Decision }) {
  const hatch = useId()
  const gap = gapFor(band, exits.length)
  const pathOf = (server: ProtocolId | null | undefined) => {
    const index = exits.findIndex((exit) => exit.server === server)
    return index < 0 ? undefined : segmentPath(band, exitAt(index, exits.length), gap)
  }
  const picked = pathOf(decision.server)
  const first = turnOf(decision)
  const turn = first === decision.server ? undefined : pathOf(first)
  const skipped = passedOverIn(decision).flatMap(({ server }) => pathOf(server) ?? [])
  return (
    <g className="ring-receipt">
      {picked !== undefined && <path className="ring-picked" d={picked} />}
      {skipped.length > 0 && (
        <>
          <pattern
            id={hatch}
            width="6"
            height="6"
            patternUnits="userSpaceOnUse"
            patternTransform="rotate(45)"
          >
            <path className="ring-hatch" d="M0 0V6" />
          </pattern>
          <path className="ring-skipped" d={skipped.join('')} fill={`url(#${hatch})`} />
        </>
      )}
      {turn !== undefined && <path className="ring-turn" d={turn} />}
    </g>
  )
}

interface LabelsProps extends RingProps {
  picked: ProtocolId | null
}

const Labels = memo(function Labels({ ring: { exits }, band, picked }: LabelsProps) {
  const longest = exits.reduce((most, { server }) => Math.max(most, server.length), 0)
  const projector = useUi((ui) => ui.projector)
  const plan = labelPlan(band, exits.length, longest, projector ? PROJECTOR_TEXT : undefined)
  if (!plan) return null
  return exits.map(({ server, up }, index) => {
    if (!isLabelled(plan, index, exits.length)) return null
    const classes = ['ring-label']
    if (server === picked) classes.push('is-picked')
    if (!up) classes.push('is-down')
    return (
      <text
        key={server}
        className={classes.join(' ')}
        transform={labelTransform(band, exitAt(index, exits.length).middle)}
      >
        {shortenedId(server, plan.characters)}
      </text>
    )
  })
})
