// Which servers have a line of their own in a chart. Up to six have one each; of more, those that matter do, and a band stands for
// the others.
import type { ProtocolId } from '../../../shared/ids'
import { type ChartBand, MOST_LINES, type Values } from './chart-lines'

/** `all`: for files, in which nothing is folded. Ids: those that a person has chosen. */
export type ShownServers = 'farthest' | 'busiest' | 'all' | readonly ProtocolId[]

/** Lines beside a band. */
const BESIDE_BAND = 3

interface ServerValues {
  readonly id: ProtocolId
  readonly values: Values
}

interface Asked {
  readonly servers: ShownServers
  /** The server that is selected on the graph. */
  readonly selected: ProtocolId | undefined
}

interface Folded<T> {
  /** In the order of their ids. */
  readonly own: readonly T[]
  readonly band: ChartBand | undefined
}

/** Whether there is anything to choose. */
function isFolded(count: number): boolean {
  return count > MOST_LINES
}

/** `weight`: how much a server matters, if the person has chosen none. */
export function folded<T extends ServerValues>(
  all: readonly T[],
  { servers, selected }: Asked,
  weight: (one: T) => number,
): Folded<T> {
  if (servers === 'all' || !isFolded(all.length)) return { own: inOrder(all), band: undefined }
  const isChosen = typeof servers === 'string' ? () => false : ({ id }: T) => servers.includes(id)
  const chosen = all.filter(isChosen).slice(0, MOST_LINES)
  const ranked = [...all].sort(
    (one, other) => weight(other) - weight(one) || compareIds(one.id, other.id),
  )
  const most = chosen.length > 0 ? chosen : ranked.slice(0, BESIDE_BAND)
  const shown = new Set<T>(most)
  const own = all.find(({ id }) => id === selected)
  if (own && shown.size < MOST_LINES) shown.add(own)
  return { own: inOrder([...shown]), band: bandOf(all.filter((one) => !shown.has(one))) }
}

function bandOf(others: readonly ServerValues[]): ChartBand {
  const seconds = others[0]?.values ?? []
  const edge = (pick: (one: number, other: number) => number): Values =>
    seconds.map((_, index) => {
      let found: number | null = null
      for (const { values } of others) {
        const value = values[index] ?? null
        if (value !== null) found = found === null ? value : pick(found, value)
      }
      return found
    })
  return {
    label: others.length === 1 ? '1 other' : `${others.length} others`,
    colour: 'var(--muted)',
    low: edge(Math.min),
    high: edge(Math.max),
  }
}

function inOrder<T extends ServerValues>(servers: readonly T[]): readonly T[] {
  return [...servers].sort((one, other) => compareIds(one.id, other.id))
}

function compareIds(one: ProtocolId, other: ProtocolId): number {
  return one.localeCompare(other, 'en', { numeric: true })
}
