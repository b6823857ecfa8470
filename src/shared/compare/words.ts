// The first difference between compared labs, as a sentence.
import { formatDuration } from '../format'
import type { Scenario } from '../scenario'
import { POOL_SETTINGS } from '../settings/pool'
import { visibly } from '../visible-controls'
import { type Comparison, labOf } from './comparison'

export function differenceWords({ labs, difference }: Comparison): string {
  if (difference === null) return 'No difference: each message got the same server everywhere.'
  const { client, number, sentAt, sides } = difference
  const id = client.slice(client.lastIndexOf(':') + 1)
  const told = sides.map(({ lab, server, why }) => {
    const { name = '', servers = [] } = labs[lab] ?? {}
    const label = servers.find(({ id }) => id === server)?.label
    return server === null
      ? visibly`“${name}” chose nobody (${why})`
      : visibly`“${name}” chose server ${server}${label === undefined ? '' : `, ${label}`} (${why})`
  })
  const message = visibly`message ${number} of client ${id}, sent at ${formatDuration(sentAt)}`
  return `The first difference is ${message}: ${told.join('; ')}.`
}

/** How far a comparison went that was stopped. */
export function stoppedWords({ atMs, ofMs }: NonNullable<Comparison['stopped']>): string {
  const percent = Math.floor((100 * atMs) / ofMs)
  return `Partial: stopped at ${formatDuration(atMs)} of ${formatDuration(ofMs)} (${percent} %), in all labs at the same moment. All figures and charts are of this part.`
}

/** By lab: the algorithms of its servers' policies. A policy is named if there are several. */
export function comparedAlgorithms(scenario: Scenario): readonly string[] {
  const policies = [...new Set(scenario.servers.map(({ policy }) => policy))]
  return (scenario.compare ?? []).map((entry) => {
    const { pools = [] } = labOf(scenario, entry)
    const said = policies.map((policy) => {
      const { default: usual, options } = POOL_SETTINGS.algorithm
      const chosen = pools.find((pool) => pool.policy === policy)?.algorithm ?? usual
      const label = options.find(({ value }) => value === chosen)?.label ?? chosen
      return policies.length > 1 ? visibly`policy ${policy}: ${label}` : label
    })
    return said.join(', ')
  })
}
