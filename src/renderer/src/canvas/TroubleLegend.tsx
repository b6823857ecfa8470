// What the marks of faults on links, of packets that meet them, and of servers in trouble mean: of those that are set now.
import { Power, TriangleAlert } from 'lucide-react'
import { faultInLegend } from '../../../shared/fault-words'
import { FAULT_SETTINGS } from '../../../shared/settings/fault'
import type { State } from '../../../shared/state/state'
import { usePaced } from '../lab/paced'
import { HarmIcon } from '../ui/HarmIcon'
import { Bolt, WayArrow } from './FaultIcon'
import { harmOf } from './link-harm'

/** With more kinds of faults than this, the legend has their names alone: it would cover the graph. */
const MANY_FAULTS = 5

export function TroubleLegend() {
  const faults = usePaced(faultsShown).split(' ')
  const isMixed = usePaced(hasMixedLink)
  const fails = usePaced(({ nodes }) =>
    [...nodes.values()].some(({ behaviour }) => typeof behaviour === 'object'),
  )
  const isStopped = usePaced(({ nodes }) => [...nodes.values()].some(({ stopped }) => stopped))
  return (
    <>
      {fails && (
        <li className="legend-trouble">
          <TriangleAlert size={13} aria-hidden="true" />
          server fails
        </li>
      )}
      {isStopped && (
        <li className="legend-trouble">
          <Power size={13} aria-hidden="true" />
          stopped server
        </li>
      )}
      {isMixed && (
        <li className="legend-trouble">
          <Bolt />
          several faults
        </li>
      )}
      {FAULT_SETTINGS.fault.options.map(
        ({ value }) =>
          faults.includes(value) && (
            <li key={value} className="legend-trouble">
              <HarmIcon fault={value} />
              {faults.length > MANY_FAULTS ? FAULT_SETTINGS.fault.say(value) : faultInLegend(value)}
            </li>
          ),
      )}
      {faults[0] !== '' && (
        <li className="legend-trouble">
          <WayArrow to="right" />
          where its bytes go
        </li>
      )}
    </>
  )
}

/** The faults on links that are on the graph, each once; a string, because it changes seldom. */
function faultsShown(state: Pick<State, 'faults' | 'nodes'>): string {
  return [...new Set(kindsOnLinks(state).flat())].join(' ')
}

function hasMixedLink(state: Pick<State, 'faults' | 'nodes'>): boolean {
  return kindsOnLinks(state).some(({ length }) => length > 1)
}

/** The kinds of faults of each link on the graph. */
function kindsOnLinks({ faults, nodes }: Pick<State, 'faults' | 'nodes'>) {
  if (faults.size === 0) return []
  return [...nodes.keys()].map((node) => harmOf(faults, node)?.kinds ?? [])
}
