// Finds the messages that the clients of a recording sent, so that other pools get the same ones at the same times.
import type { RecordedArrivals } from '../../../shared/compare/comparison'
import { MAX_COMPARED_ARRIVALS, MAX_COMPARED_MS, MAX_INSIDE_NODES } from '../../../shared/limits'
import { MessageScanner } from '../../../shared/protocol/scanner'
import type { Scenario } from '../../../shared/scenario'
import type { Packet, State } from '../../../shared/state/state'
import type { History, LongWork } from '../past/history/history'
import { pastView } from '../past/past'

type Clients = Scenario['clients']
type Sent = RecordedArrivals['messages'][number]

interface Arrivals {
  readonly sent: RecordedArrivals
  /** A scenario's clients, and those that only the recording has. */
  clients(inScenario: Clients): Clients
}

const AT_ONCE = 500
/** Before the first message, servers register. */
const BEFORE_FIRST_MS = 2_000

/** The moment that is shown. A session may have had other scenarios before it and after it. */
type Shown = Pick<State, 'seq' | 'firstPacket'>

/**
 * Reads the shown recording, or the running session: the messages from the reset before the shown moment to the next one. Rejects
 * with an Error for the person.
 */
export async function arrivalsInRecording(shown: Shown, work: LongWork): Promise<Arrivals> {
  return arrivalsIn(await pastView().currentHistory(work), shown, work)
}

export async function arrivalsIn(
  history: History,
  shown: Shown,
  work: LongWork = {},
): Promise<Arrivals> {
  const { lastSeq: asOf } = history.extent
  const sort = { key: 'id', descending: false } as const
  const all = await history.find({ filter: 'type:0 to:proxy', sort, after: 0, asOf }, work)
  if (all.length === 0) throw new Error('The recording has no message of a client.')
  const next = await firstPacketAfter(history, shown)
  const ids = all.filter((id) => id > shown.firstPacket && id <= next)
  if (ids.length === 0) {
    throw new Error(
      'No client sent a message in the scenario that is shown. The recording has messages in others: go to a moment of one of them, and compare there.',
    )
  }
  if (ids.length > MAX_COMPARED_ARRIVALS) {
    throw new Error(
      `The recording has ${ids.length} messages; at most ${MAX_COMPARED_ARRIVALS} can be compared.`,
    )
  }
  const places = new Map<string, number>()
  const messages: Sent[] = []
  const times: number[] = []
  let firstAt: number | undefined
  for (let from = 0; from < ids.length; from += AT_ONCE) {
    work.onProgress?.(from / ids.length)
    work.signal?.throwIfAborted()
    for (const packet of await history.packets([...ids.slice(from, from + AT_ONCE)], asOf)) {
      const message = messageIn(packet)
      if (message === undefined) continue
      firstAt ??= packet.sentAt
      const at = packet.sentAt - firstAt + BEFORE_FIRST_MS
      if (at > MAX_COMPARED_MS) break
      const key = JSON.stringify(message)
      const place = places.get(key) ?? messages.push(message) - 1
      places.set(key, place)
      times.push(at, place)
    }
  }
  return { sent: { messages, times }, clients: (known) => withAll(known, messages) }
}

/** The index of the first packet after the next reset; infinite without one. It grows with the time. */
async function firstPacketAfter(history: History, { seq, firstPacket }: Shown): Promise<number> {
  let [before, after] = [seq, history.extent.lastSeq]
  let found = (await history.seek({ seq: after })).firstPacket
  if (found <= firstPacket) return Number.POSITIVE_INFINITY
  while (after - before > 1) {
    const middle = Math.floor((before + after) / 2)
    const there = (await history.seek({ seq: middle })).firstPacket
    if (there <= firstPacket) before = middle
    else {
      after = middle
      found = there
    }
  }
  return found
}

/** Undefined for bytes that are no client's message. */
function messageIn({ bytes }: Packet): Sent | undefined {
  const [item] = new MessageScanner().push(bytes)
  if (item?.kind !== 'message' || item.message.type !== 0) return undefined
  const { source: client, policy, payload } = item.message
  return { client, policy, payload }
}

function withAll(known: Clients, messages: readonly Sent[]): Clients {
  const ids = new Set(known.map(({ id }) => id))
  const added = new Map<string, Clients[number]>()
  for (const { client: id, policy } of messages) {
    if (!ids.has(id) && !added.has(id)) added.set(id, { id, policy, payload: '' })
  }
  if (known.length + added.size > MAX_INSIDE_NODES) {
    throw new Error(`The recording has more than ${MAX_INSIDE_NODES} clients.`)
  }
  return [...known, ...added.values()]
}
