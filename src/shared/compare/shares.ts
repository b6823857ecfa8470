// The share of its policy's messages that each server got in each lab, beside the one that was due to it there.
import { figuresOf, seriesKey } from '../metrics/series'
import type { ComparedLab, Comparison } from './comparison'

export interface ComparedShare {
  readonly id: string
  readonly label?: string
  /** By lab, from 0 to 1. Undefined: the policy had no messages, or nothing was due to a server. */
  readonly share: readonly (number | undefined)[]
  readonly due: readonly (number | undefined)[]
}

/** In order of registration. */
export function comparedShares({ labs }: Comparison): readonly ComparedShare[] {
  const servers = new Map(labs.flatMap(({ servers }) => servers.map((one) => [one.id, one])))
  return [...servers.values()].map(({ id, label }) => ({
    id,
    ...(label !== undefined && { label }),
    share: labs.map((lab) => shareOf(lab, id)),
    due: labs.map((lab) => dueIn(lab, id)),
  }))
}

/** The server's share of its policy's messages. */
function shareOf({ servers }: ComparedLab, id: string): number | undefined {
  const server = servers.find((one) => one.id === id)
  const ofPolicy = servers.filter(({ policy }) => policy === server?.policy)
  const all = ofPolicy.reduce((sum, { chosen }) => sum + chosen, 0)
  return server === undefined || all === 0 ? undefined : server.chosen / all
}

/** The mean over the seconds that are kept of the server. */
function dueIn({ metrics }: ComparedLab, id: string): number | undefined {
  const key = seriesKey({ of: 'server', id })
  const rows = metrics.find(([of]) => of === key)?.[1].rows ?? []
  const due = rows.flatMap((row) => figuresOf(row).due ?? [])
  return due.length === 0 ? undefined : due.reduce((sum, one) => sum + one, 0) / due.length
}

export function shareWords(share: number): string {
  return `${(100 * share).toFixed(1)} %`
}
