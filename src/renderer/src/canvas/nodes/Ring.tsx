// One ring of the roundabout. Its exits do not move. A brighter segment with a pointer turns, always clockwise, to the
// server whose turn is next, or is there at once where decisions follow one another closely. A decision briefly shows
// whose turn it was, which servers were skipped, and which was chosen.
import { memo, useId, useMemo, useState } from 'react'
import { passedOverIn, turnOf } from '../../../../shared/decision/words'
import { shortenedId } from '../../../../shared/format'
import type { ProtocolId } from '../../../../shared/ids'
import type { Decision } from '../../../../shared/state/state'
import { visibly } from '../../../../shared/visible-controls'
import { useUi } from '../../choices/ui'
import { useDrawingOf, useTurns } from '../../decisions'
import { StandingShape } from '../../ui/StandingIcon'
import { policyVariable } from '../../ui/theme/policy'
import {
  type Band,
  type Exit,
  exitsFor,
  gapFor,
  iconPlace,
  labelLengths,
  labelTransform,
  levelBand,
  pointerWidth,
  segmentPath,
  turnClockwise,
} from '../ring'
import type { PolicyRing } from '../rings'
import { PROJECTOR_TEXT } from '../spacing'
import { useWay } from '../way/way'
import { RingRates } from './RingRates'

interface RingProps {
  ring: PolicyRing
  band: Band
}

interface PartProps extends RingProps {
  places: readonly Exit[]
}

export const Ring = memo(function Ring({ ring, band }: RingProps) {
  const colour = useTurns(({ state }) => policyVariable(state, ring.policy))
  const next = useTurns(({ state }) => state.next.get(ring.policy) ?? null)
  const sweeps = useTurns(({ sweeping }) => sweeping.has(ring.policy))
  const decision = useTurns(({ receipt }) =>
    receipt?.policy === ring.policy ? receipt : undefined,
  )
  const seen = useTurns(
    ({ state }) => state.foreign?.last.find(({ policy }) => policy === ring.policy)?.server,
  )
  const isAlone = useTurns(({ decided }) => decided === 1)
  const places = useMemo(() => exitsFor(ring.exits), [ring.exits])
  const middle = (band.inner + band.outer) / 2
  if (ring.exits.length === 0) {
    return (
      <circle className="ring-unserved" r={middle} style={{ '--node-colour': colour }}>
        <title>{visibly`Nobody serves policy ${ring.policy}`}</title>
      </circle>
    )
  }
  const nextIndex = ring.exits.findIndex(({ server }) => server === next)
  const seenPlace = places[ring.exits.findIndex(({ server }) => server === seen)]
  return (
    <g style={{ '--node-colour': colour }}>
      <title>{visibly`Policy ${ring.policy}`}</title>
      <Exits ring={ring} band={band} places={places} />
      {seenPlace && (
        <path className="ring-seen" d={segmentPath(band, seenPlace, gapFor(band, places.length))} />
      )}
      <RingRates ring={ring} band={band} places={places} />
      {/* A new element for each decision restarts its animation; one that stands for many is there at once. */}
      {decision && (
        <Receipt
          key={isAlone ? `${decision.exchange} ${decision.attempt}` : 'many'}
          appears={isAlone}
          ring={ring}
          band={band}
          places={places}
          decision={decision}
        />
      )}
      <Labels ring={ring} band={band} places={places} picked={decision?.server ?? null} />
      <OnWay ring={ring} band={band} places={places} />
      {nextIndex >= 0 && (
        <Pointer ring={ring} band={band} places={places} index={nextIndex} sweeps={sweeps} />
      )}
    </g>
  )
})

/** All exits as a few paths, by what they look like, so that three hundred cost as much as three. */
const Exits = memo(function Exits({ ring: { exits }, band, places }: PartProps) {
  const gap = gapFor(band, exits.length)
  const paths = { open: '', down: '', draining: '', waiting: '' }
  exits.forEach((exit, index) => {
    const place = places[index]
    if (place === undefined) return
    const { kind, part } = exit
    const whole = segmentPath(band, place, gap)
    if (kind === 'draining') paths.draining += whole
    else if (exit.isAway) paths.down += whole
    else if (kind === 'backup') {
      paths.waiting += whole
      paths.open += segmentPath(levelBand(band, STANDING_BY), place, gap)
    } else if (part < 1) {
      paths.waiting += whole
      paths.open += segmentPath(levelBand(band, part), place, gap)
    } else paths.open += whole
  })
  return (
    <>
      {paths.waiting !== '' && <path className="ring-exits is-waiting" d={paths.waiting} />}
      <path className="ring-exits" d={paths.open} />
      {paths.down !== '' && <path className="ring-exits is-down" d={paths.down} />}
      {paths.draining !== '' && <path className="ring-exits is-draining" d={paths.draining} />}
    </>
  )
})

/** Frames the exits that the selected packet's exchange took. */
function OnWay({ ring: { policy, exits }, band, places }: PartProps) {
  const way = useWay((choice) => choice.way)
  if (way.policy !== policy || way.servers.size === 0) return null
  const gap = gapFor(band, exits.length)
  const paths = places.map((place, index) =>
    way.servers.has(exits[index]?.server ?? '') ? segmentPath(band, place, gap) : '',
  )
  return <path className="ring-on-way" d={paths.join('')} />
}

/** The part of a backup's exit that is open while it stands by. */
const STANDING_BY = 0.3

const NOWHERE: Exit = { start: 0, middle: 0, end: 0 }

interface PointerProps extends PartProps {
  index: number
  sweeps: boolean
}

/** Labels are drawn anew upon the pointer, in a colour that can be read there, also while it sweeps. */
function Pointer({ ring, band, places, index, sweeps }: PointerProps) {
  const clip = useId()
  const place = places[index] ?? NOWHERE
  const target = place.middle
  const [angle, setAngle] = useState(target)
  const turned = turnClockwise(angle, target)
  if (turned !== angle) setAngle(turned)
  const width = pointerWidth(band, place)
  const segment = segmentPath(
    band,
    { start: -width / 2, middle: 0, end: width / 2 },
    gapFor(band, places.length),
  )
  const size = Math.min(6, (band.outer - band.inner) / 3)
  const tip = -band.inner - size
  const classes = ['ring-pointer']
  if (sweeps) classes.push('is-sweeping')
  if (ring.exits[index]?.isAway) classes.push('is-down')
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
        <Labels ring={ring} band={band} places={places} picked={null} />
      </g>
    </>
  )
}

interface ReceiptProps extends PartProps {
  decision: Decision
  /** It fades in. */
  appears: boolean
}

/** The latest decision: which server was chosen, which were skipped, and whose turn it was. */
function Receipt({ ring: { exits }, band, places, decision, appears }: ReceiptProps) {
  const hatch = useId()
  const gap = gapFor(band, exits.length)
  const drawing = useDrawingOf(decision)
  const pathOf = (server: ProtocolId | null | undefined, within = band) => {
    const place = places[exits.findIndex((exit) => exit.server === server)]
    return place && segmentPath(within, place, gap)
  }
  const bars = drawing?.kind === 'bars' ? drawing.bars : []
  const isDraw = drawing?.kind === 'bars' && drawing.drawn
  const levels = bars.flatMap(({ server, length }) =>
    length > 0 && !isDraw ? (pathOf(server, levelBand(band, length)) ?? []) : [],
  )
  const lost = bars.flatMap(({ server, part }) =>
    isDraw && part === 'drawn' ? (pathOf(server) ?? []) : [],
  )
  const picked = pathOf(decision.server)
  const first = turnOf(decision)
  const turn = first === decision.server ? undefined : pathOf(first)
  const skipped = passedOverIn(decision).flatMap(({ server }) => pathOf(server) ?? [])
  return (
    <g className={appears ? 'ring-receipt appears' : 'ring-receipt'}>
      {picked !== undefined && <path className="ring-picked" d={picked} />}
      {lost.length > 0 && <path className="ring-lost" d={lost.join('')} />}
      {levels.length > 0 && <path className="ring-levels" d={levels.join('')} />}
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

interface LabelsProps extends PartProps {
  picked: ProtocolId | null
}

const Labels = memo(function Labels({ ring: { exits }, band, places, picked }: LabelsProps) {
  const longest = exits.reduce((most, { server }) => Math.max(most, server.length), 0)
  const projector = useUi((ui) => ui.projector)
  const lengths = labelLengths(band, places, longest, projector ? PROJECTOR_TEXT : undefined)
  return exits.map(({ server, kind, isAway }, index) => {
    const characters = lengths[index] ?? 0
    const place = places[index]
    if (characters === 0 || place === undefined) return null
    const classes = ['ring-label']
    if (server === picked) classes.push('is-picked')
    if (isAway) classes.push('is-down')
    const text = shortenedId(server, characters)
    const icon = kind === 'up' ? undefined : iconPlace(band, place, text.length)
    return (
      <g key={server} transform={labelTransform(band, place.middle)}>
        <text className={classes.join(' ')}>{text}</text>
        {icon !== undefined && (
          <g className={`standing-icon is-${kind}`} transform={`translate(${icon}) scale(0.72)`}>
            <StandingShape kind={kind} />
          </g>
        )}
      </g>
    )
  })
})
