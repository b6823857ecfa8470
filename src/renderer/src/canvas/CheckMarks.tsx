// The proxy's own health checks on their links: small and hollow, of a shape that no packet has; and their results.
import { useEffect, useRef } from 'react'
import { ViewportPortal } from 'reactflow'
import { PROXY } from '../../../shared/ids'
import type { Check } from '../../../shared/state/state'
import { onFrame, simNow, useLab } from '../lab/lab'
import { whileTimeRuns } from '../lab/ticks'
import { CheckIcon } from '../ui/CheckIcon'
import type { Point } from '../ui/point'
import { checkProgress, endedChecks, MOST_CHECKS, showEnds, useCheckEnds } from './check-marks'
import './checks.css'
import type { GraphLayout } from './graph-layout'
import { laneFor } from './links/lanes'
import { pathPlaces } from './packets'

/** From the server's end of the link, as a part of it: results stand there. */
const AT_SERVER = 0.94
/** With reduced motion, a check stands here until its result. */
const AT_REST = 0.75

export function CheckMarks({ layout }: { layout: GraphLayout }) {
  const checks = useLab(({ state }) => state.checks)
  const ends = useCheckEnds((shown) => shown.ends)
  useEffect(() => {
    let before = useLab.getState().state.checks
    return onFrame((change, state) => {
      if (change.kind === 'events') showEnds(endedChecks(change.events, before))
      before = state.checks
    })
  }, [])
  const isCrowded = checks.size > MOST_CHECKS
  if ((checks.size === 0 || isCrowded) && ends.length === 0) return null
  return (
    <ViewportPortal>
      {!isCrowded &&
        [...checks.values()].map((check) => (
          <Flying key={check.id} check={check} layout={layout} />
        ))}
      {ends.map(({ check, node, passed }) => (
        <div
          key={check}
          className={`check-mark is-end ${passed ? 'is-passed' : 'is-failed'}`}
          style={{ transform: transformAt(placeOn(layout, node, AT_SERVER)) }}
          aria-hidden="true"
        >
          <CheckIcon result={passed ? 'passed' : 'failed'} size={14} />
        </div>
      ))}
    </ViewportPortal>
  )
}

function Flying({ check, layout }: { check: Check; layout: GraphLayout }) {
  const mark = useRef<HTMLDivElement>(null)
  useEffect(() => {
    const isCalm = window.matchMedia('(prefers-reduced-motion: reduce)').matches
    return whileTimeRuns(() => {
      const part = isCalm ? AT_REST : checkProgress(check, simNow())
      const at = placeOn(layout, check.node, part)
      if (mark.current) mark.current.style.transform = transformAt(at)
    })
  }, [check, layout])
  return (
    <div ref={mark} className="check-mark" aria-hidden="true">
      <CheckIcon size={13} />
    </div>
  )
}

/** The place after this part of the way from the proxy to the server; undefined where the server has no link. */
function placeOn({ links }: GraphLayout, node: string, part: number): Point | undefined {
  const path = links.get(node)
  return path && pathPlaces(path)(part, node !== PROXY, laneFor(links.size))
}

function transformAt(at: Point | undefined): string {
  return at === undefined ? 'scale(0)' : `translate(${at.x}px, ${at.y}px) translate(-50%, -50%)`
}
