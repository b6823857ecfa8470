// Finds and sorts packets among all of a recording.
import { parseFilter } from '../filter/filter'
import type { SortKey } from '../filter/order'
import type { PacketId } from '../ids'
import { ColumnFacts } from './column-facts'
import { type LoadedRecording, paced, type WorkStep } from './loaded-recording'

export interface Query {
  /** A filter's text, valid; empty: all packets. */
  filter: string
  sort: { key: SortKey; descending: boolean }
  /** Only packets with ids greater than this (those since the last reset). */
  after: PacketId
  /** Matches packets in their state after this event. */
  asOf: number
}

/** Unknown values (a policy, the travel time of a packet in flight) come last in either direction. */
const UNKNOWN = 0xffff_ffff
/** Packets between two checks of the time. */
const SLICE = 512

/** The ids of the packets that match, in order. Rejects with an Error for the user for an invalid filter. */
export async function findPackets(
  loaded: LoadedRecording,
  { filter: text, sort, after, asOf }: Query,
  step: WorkStep,
): Promise<Uint32Array<ArrayBuffer>> {
  const { columns } = loaded
  const first = Math.max(columns.first, after + 1)
  const last = columns.lastSentBy(asOf)
  if (last < first) return new Uint32Array(0)
  const everything = text.trim() === ''
  if (everything && sort.key === 'id') return range(first, last, sort.descending)

  const parsed = parseFilter(text)
  if (!parsed.ok) throw new Error(parsed.error)
  const facts = new ColumnFacts(loaded, asOf)
  const turn = paced(step)
  const matching = new Uint32Array(last - first + 1)
  let count = 0
  let lastOfBlock = 0
  for (let id = first; id <= last; id++) {
    if (id % SLICE === 0) await turn((0.8 * (id - first)) / (last - first + 1))
    if (id > lastOfBlock) lastOfBlock = await facts.enterBlockOf(id)
    facts.id = id
    if (everything || parsed.filter.matches(facts)) matching[count++] = id
  }
  const found = matching.slice(0, count)
  if (sort.key === 'id') return sort.descending ? found.reverse() : found

  const keys = new Uint32Array(count)
  const { keyOf, rankOf } = sorting(facts, sort.key)
  for (let index = 0; index < count; index++) {
    if (index % SLICE === 0) await turn(0.8 + (0.2 * index) / count)
    facts.id = found[index] ?? 0
    keys[index] = keyOf()
  }
  const ranks = rankOf()
  for (let index = 0; index < count; index++) {
    const rank = ranks(keys[index] ?? UNKNOWN)
    keys[index] = rank === UNKNOWN || !sort.descending ? rank : UNKNOWN - 1 - rank
  }
  return sortedBy(keys, found)
}

/** Assigns a key to the packet of the facts and, after the last packet, a rank to each key. */
interface Sorting {
  keyOf: () => number
  rankOf: () => (key: number) => number
}

const asItIs = () => (key: number) => key

function sorting(facts: ColumnFacts, key: SortKey): Sorting {
  switch (key) {
    case 'id':
      return { keyOf: () => facts.id, rankOf: asItIs }
    case 'type':
      return { keyOf: () => (facts.kind === 'error' ? 3 : facts.kind), rankOf: asItIs }
    case 'size':
      return { keyOf: () => Math.min(facts.size, UNKNOWN - 1), rankOf: asItIs }
    case 'link':
      return byTime(() => facts.onLink())
    case 'roundTrip':
      return byTime(() => facts.roundTrip())
    case 'status':
      return {
        keyOf: () => STATUSES.indexOf(facts.status) * 4 + VERDICTS.indexOf(facts.verdict),
        rankOf: asItIs,
      }
    case 'from':
      return byText(() => facts.from)
    case 'to':
      return byText(() => facts.to)
    case 'policy':
      return byText(() => facts.policy())
  }
}

function byTime(msOf: () => number | undefined): Sorting {
  return {
    keyOf: () => {
      const ms = msOf()
      return ms === undefined ? UNKNOWN : Math.min(Math.round(ms * 1000), UNKNOWN - 1)
    },
    rankOf: asItIs,
  }
}

const STATUSES: readonly ColumnFacts['status'][] = [
  'held',
  'flying',
  'delivered',
  'dropped',
  'unknown',
]
const VERDICTS: readonly ColumnFacts['verdict'][] = [undefined, 'correct', 'wrong', 'error']

/** Collects the texts, and compares them when all are known: `server:9` before `server:10`. */
function byText(textOf: () => string | undefined): Sorting {
  const places = new Map<string, number>()
  return {
    keyOf: () => {
      const text = textOf()
      if (text === undefined) return UNKNOWN
      const known = places.get(text)
      if (known !== undefined) return known
      places.set(text, places.size)
      return places.size - 1
    },
    rankOf: () => {
      const order = new Intl.Collator('en', { numeric: true })
      const ranks = new Uint32Array(places.size)
      const sorted = [...places].sort(([a], [b]) => order.compare(a, b) || (a < b ? -1 : 1))
      sorted.forEach(([, place], rank) => {
        ranks[place] = rank
      })
      return (key) => ranks[key] ?? UNKNOWN
    },
  }
}

function range(first: PacketId, last: PacketId, descending: boolean): Uint32Array<ArrayBuffer> {
  const ids = new Uint32Array(last - first + 1)
  for (let index = 0; index < ids.length; index++)
    ids[index] = descending ? last - index : first + index
  return ids
}

/** Orders the ids by their keys, equal keys by id: two passes of a radix sort. */
function sortedBy(keys: Uint32Array, ids: Uint32Array<ArrayBuffer>): Uint32Array<ArrayBuffer> {
  let order = Uint32Array.from(ids.keys())
  for (const shift of [0, 16]) {
    const starts = new Uint32Array(65_537)
    for (const key of keys) {
      const next = ((key >>> shift) & 0xffff) + 1
      starts[next] = (starts[next] ?? 0) + 1
    }
    for (let digit = 1; digit < starts.length; digit++) {
      starts[digit] = (starts[digit] ?? 0) + (starts[digit - 1] ?? 0)
    }
    const sorted = new Uint32Array(order.length)
    for (const index of order) {
      const digit = ((keys[index] ?? 0) >>> shift) & 0xffff
      const place = starts[digit] ?? 0
      starts[digit] = place + 1
      sorted[place] = index
    }
    order = sorted
  }
  return order.map((index) => ids[index] ?? 0)
}
