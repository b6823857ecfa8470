// The link between a node and the roundabout: a lane for each direction, along which packets travel. It is faint until its
// node is selected or a packet on it is held. A click on it, or close beside it, holds the next packet (Canvas.tsx).

import { memo, useMemo } from 'react'
import type { EdgeProps } from 'reactflow'
import type { NodeId } from '../../../../shared/ids'
import { useIsArmed } from '../../actions/holding'
import { useUi } from '../../choices/ui'
import { useHoldMark } from '../../holds'
import { useIsHeldOn } from '../../lab/held-packets'
import { usePast } from '../../past/past'
import { nodeName } from '../../ui/names'
import { policyVariable } from '../../ui/theme/policy'
import { useDimmed } from '../dimming'
import { type LinkFlowEdge, linkName, nameElementId } from '../flow'
import { harmedLanes, harmOf, type LinkHarm } from '../link-harm'
import { type LinkPath, svgPath } from '../links/path'
import { pointOnLink } from '../packets'
import { widthOfRate } from '../traffic-view'
import { rateGroupOf, useRates } from '../use-rate'
import { useSampled } from '../use-sampled'
import { useIsOnWay, useWay } from '../way/way'

/** Flow units. */
const MARK_RADIUS = 7
/** The part of the way from the node to the proxy; on a link with faults, beside their mark. */
const MARK_AT = { usual: 0.5, harmed: 0.08 } as const
const ATTEMPT_RADIUS = 9
/** The part of the way from the server to the proxy. */
const ATTEMPT_AT = 0.22

export const LinkEdge = memo(function LinkEdge({ id, data }: EdgeProps<LinkFlowEdge>) {
  return data ? <Link id={id} {...data} /> : null
})

function Link({ id, node, path, lines }: NonNullable<LinkFlowEdge['data']> & { id: string }) {
  const selected = useUi(({ selection }) => selection?.kind === 'node' && selection.id === node)
  const held = useIsHeldOn(node)
  const mark = useHoldMark(node)
  const dimmed = useDimmed(node, 'links')
  const onWay = useIsOnWay(node)
  const isNow = usePast(({ view }) => view === 'now')
  const faults = useSampled('card', (state) => state.faults)
  const harm = useMemo(() => harmOf(faults, node), [faults, node])
  const coloured = selected || held
  const colour = useSampled('card', (state) =>
    coloured ? policyVariable(state, state.nodes.get(node)?.policy) : '',
  )
  const classes = ['link']
  if (selected) classes.push('is-selected')
  if (held) classes.push('is-held')
  if (onWay) classes.push('is-on-way')
  if (dimmed) classes.push('is-dimmed')
  const attempt = useWay(({ way }) => way.attempts.get(node))
  const holdAt = mark && pointOnLink(path, harm ? MARK_AT.harmed : MARK_AT.usual)
  return (
    <>
      <Name id={id} node={node} isNow={isNow} faults={harm?.words} />
      {isNow && <path className="link-hit" d={svgPath(path)} />}
      {drawnLines(node, lines, harm).map(({ d, harmed }) => (
        <Line
          key={harmed ? 'harmed' : 'sound'}
          node={node}
          className={[...classes, ...(harmed ? ['is-harmed'] : [])].join(' ')}
          d={d}
          colour={coloured ? colour : undefined}
        />
      ))}
      {holdAt && (
        <circle
          className={`link-mark is-${mark}${dimmed ? ' is-dimmed' : ''}`}
          cx={holdAt.x}
          cy={holdAt.y}
          r={MARK_RADIUS}
        />
      )}
      {attempt !== undefined && <AttemptNumber path={path} attempt={attempt} />}
    </>
  )
}

interface DrawnLine {
  d: string
  harmed: boolean
}

/** Each lane by itself where faults harm only one of them and both are drawn. */
function drawnLines(
  node: NodeId,
  lines: readonly string[],
  harm: LinkHarm | undefined,
): readonly DrawnLine[] {
  const whole = lines.join(' ')
  if (harm === undefined) return [{ d: whole, harmed: false }]
  const { toProxy, fromProxy } = harmedLanes(node, harm)
  const [out, back] = lines
  if ((toProxy && fromProxy) || out === undefined || back === undefined) {
    return [{ d: whole, harmed: true }]
  }
  return [
    { d: toProxy ? back : out, harmed: false },
    { d: toProxy ? out : back, harmed: true },
  ]
}

interface LineProps {
  node: string
  className: string
  d: string
  colour: string | undefined
}

function Line(props: LineProps) {
  const isTrafficView = useUi((ui) => ui.trafficView)
  return isTrafficView ? <RatedLine {...props} /> : <PlainLine {...props} />
}

/** As wide as the rate of its node. */
function RatedLine(props: LineProps) {
  const group = useSampled('card', (state) => {
    const node = state.nodes.get(props.node)
    return node === undefined ? '' : rateGroupOf(node)
  })
  const [rate = 0] = useRates(group, 'compact', 1) ?? []
  return <PlainLine {...props} width={widthOfRate(rate)} />
}

function PlainLine({ className, d, colour, width }: LineProps & { width?: number }) {
  return (
    <path
      className={width === undefined ? className : `${className} is-rated`}
      d={d}
      style={{
        ...(colour !== undefined && { '--node-colour': colour }),
        ...(width !== undefined && { strokeWidth: width }),
      }}
    />
  )
}

/** On the lit way of an exchange with more than one attempt: which one took this link. */
function AttemptNumber({ path, attempt }: { path: LinkPath; attempt: number }) {
  const { x, y } = pointOnLink(path, ATTEMPT_AT)
  return (
    <g className="link-attempt" transform={`translate(${x} ${y})`}>
      <circle r={ATTEMPT_RADIUS} />
      <text>{attempt}</text>
    </g>
  )
}

interface NameProps {
  id: string
  node: string
  isNow: boolean
  /** Its faults in words. */
  faults: string | undefined
}

/** The link's name, which is also its tooltip. While live, it says what a click or Enter does. */
function Name({ id, node, isNow, faults }: NameProps) {
  const name = useSampled('card', (state) => nodeName(state, node))
  const armed = useIsArmed(node)
  const link = `${linkName(name)}${faults === undefined ? '' : `, with faults (${faults})`}`
  const act = armed ? 'do not hold its next packet' : 'hold its next packet'
  return <title id={nameElementId(id)}>{isNow ? `${link}: ${act}` : link}</title>
}
