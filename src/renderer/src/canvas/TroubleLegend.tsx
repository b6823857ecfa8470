// What the marks of faults on links, of packets that meet them, and of servers in trouble mean: of those that are set now.
import { Power, TriangleAlert } from 'lucide-react'
import { faultMark, linkOf } from '../../../shared/fault-words'
import { FAULT_SETTINGS } from '../../../shared/settings/fault'
import type { State } from '../../../shared/state/state'
import { usePaced } from '../lab/paced'
import { HarmIcon } from '../ui/HarmIcon'
import { Bolt, WayArrow } from './FaultIcon'

export function TroubleLegend() {
  const faults = usePaced(faultsShown).split(' ')
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
      {faults[0] !== '' && (
        <li className="legend-trouble legend-fault">
          <span>
            <Bolt />
            <WayArrow to="right" />
          </span>
          fault, direction
        </li>
      )}
      {FAULT_SETTINGS.fault.options.map(({ value }) => {
        const mark = faults.includes(value) ? faultMark(value) : undefined
        return (
          mark !== undefined && (
            <li key={value} className="legend-trouble">
              <HarmIcon fault={value} />
              {mark}
            </li>
          )
        )
      })}
    </>
  )
}

/** The faults on links that are on the graph, each once; a string, because it changes seldom. */
function faultsShown({ faults, nodes }: Pick<State, 'faults' | 'nodes'>): string {
  if (faults.size === 0) return ''
  const links = new Set([...nodes.keys()].map(linkOf))
  const shown = [...faults.values()].filter(({ link }) => links.has(link))
  return [...new Set(shown.map(({ fault }) => fault))].join(' ')
}
