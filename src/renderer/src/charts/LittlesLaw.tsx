// Little's law before one's eyes: its figures beside one another, and in words what they count.
import { useMemo } from 'react'
import { type LittlesLaw as Law, littlesLaw } from './littles-law'
import { secondsOf } from './seconds'
import type { Subject } from './subject'

/** What is below this is not shown as a figure of its own. */
const SHOWN_FROM = 0.005

/** Over the seconds that are shown; while looking back, over those before the moment. */
export function LittlesLaw({ subject, to }: { subject: Subject; to: number }) {
  const { metrics, group, span } = subject
  const law = useMemo(
    () => littlesLaw(secondsOf(metrics.get(group), span).filter(({ second }) => second < to)),
    [metrics, group, span, to],
  )
  const { l, perSecond, w, atEdges, isOlder } = law
  const words = wordsOf(law, group.startsWith('server '))
  const hasEdges = !isOlder && Math.abs(atEdges) >= SHOWN_FROM
  return (
    <p className="littles-law" title={words}>
      <span className="visually-hidden">{words}</span>
      <span aria-hidden="true">
        <span className="littles-law-name">Little’s law: </span>
        <i>L</i> <b>{figure(l)}</b> {signOf(law)} <i>λ</i> <b>{figure(perSecond)}</b>
        <span className="littles-law-unit">/s</span> × <i>W</i> <b>{w.toFixed(3)}</b>
        <span className="littles-law-unit"> s</span>
        <span className="littles-law-product">
          {' '}
          (<b>{figure(perSecond * w)}</b>)
        </span>
        {hasEdges && (
          <span className="littles-law-edges">
            {atEdges < 0 ? ' − ' : ' + '}
            <b>{figure(Math.abs(atEdges))}</b> <span className="muted">at the edges</span>
          </span>
        )}
      </span>
    </p>
  )
}

/** Large ones with fewer decimals, so that all fit. */
function figure(value: number): string {
  return value.toFixed(value >= 100 ? 1 : 2)
}

/** Figures with two decimals may differ by this much. */
const ROUNDING = 0.011

function signOf({ l, perSecond, w, atEdges, isOlder }: Law): '=' | '≈' | '≠' {
  if (isOlder) return '≈'
  return Math.abs(l - perSecond * w - atEdges) <= ROUNDING ? '=' : '≠'
}

function wordsOf(law: Law, isServer: boolean): string {
  const { l, perSecond, w, atEdges, inFlight, isOlder } = law
  const product = `λ × W = ${(perSecond * w).toFixed(2)}.`
  const what = isServer ? 'attempts at the server' : 'messages'
  const mean = `Little’s law, each measured by itself: on average L = ${l.toFixed(2)} ${what} are in flight;`
  if (isOlder) {
    return `${mean} λ = ${perSecond.toFixed(2)} are answered a second, after W = ${w.toFixed(3)} seconds on average. ${product} An earlier version recorded this: it did not measure the times of messages that failed, so that L may be more.`
  }
  const left = isServer ? 'answered, failed or given up' : 'answered, refused or lost'
  const edges = `The remaining ${atEdges.toFixed(2)} of L are of those in flight at the edges of this time: ${inFlight.after} are still so, less what ${inFlight.before} had been before it began.`
  return `${mean} λ = ${perSecond.toFixed(2)} leave a second, ${left}, after W = ${w.toFixed(3)} seconds on average. ${product} ${edges}`
}
