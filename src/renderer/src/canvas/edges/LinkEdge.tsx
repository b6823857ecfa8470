// The link between a node and the roundabout: a lane for each direction, along which packets travel. It is faint until its
// node is selected or a packet on it is held. A click on it, or close beside it, holds the next packet (Canvas.tsx).

import { memo } from 'react'
import type { EdgeProps } from 'reactflow'
import { useIsArmed } from '../../actions/holding'
import { useUi } from '../../choices/ui'
import { useHoldMark } from '../../holds'
import { useIsHeldOn } from '../../lab/held-packets'
import { useLab } from '../../lab/lab'
import { usePast } from '../../past/past'
import { nodeName } from '../../ui/names'
import { policyVariable } from '../../ui/theme/policy'
import { useDimmed } from '../dimming'
import { type LinkFlowEdge, linkName, nameElementId } from '../flow'
import { type LinkPath, svgPath } from '../links/path'
import { pointOnLink } from '../packets'
import { useIsOnWay, useWay } from '../way/way'

/** Flow units. */
const MARK_RADIUS = 7
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
  const dimmed = useDimmed(node)
  const onWay = useIsOnWay(node)
  const isNow = usePast(({ view }) => view === 'now')
  const coloured = selected || held
  const colour = useLab(({ state }) =>
    coloured ? policyVariable(state, state.nodes.get(node)?.policy) : '',
  )
  const classes = ['link']
  if (selected) classes.push('is-selected')
  if (held) classes.push('is-held')
  if (onWay) classes.push('is-on-way')
  if (dimmed) classes.push('is-dimmed')
  const attempt = useWay(({ way }) => way.attempts.get(node))
  const middle = mark && pointOnLink(path, 0.5)
  return (
    <>
      <Name id={id} node={node} isNow={isNow} />
      {isNow && <path className="link-hit" d={svgPath(path)} />}
      <path
        className={classes.join(' ')}
        d={lines.join(' ')}
        style={coloured ? { '--node-colour': colour } : undefined}
      />
      {middle && (
        <circle
          className={`link-mark is-${mark}${dimmed ? ' is-dimmed' : ''}`}
          cx={middle.x}
          cy={middle.y}
          r={MARK_RADIUS}
        />
      )}
      {attempt !== undefined && <AttemptNumber path={path} attempt={attempt} />}
    </>
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

/** The link's name, which is also its tooltip. While live, it says what a click or Enter does. */
function Name({ id, node, isNow }: { id: string; node: string; isNow: boolean }) {
  const name = useLab(({ state }) => nodeName(state, node))
  const armed = useIsArmed(node)
  const link = linkName(name)
  const act = armed ? 'do not hold its next packet' : 'hold its next packet'
  return <title id={nameElementId(id)}>{isNow ? `${link}: ${act}` : link}</title>
}
