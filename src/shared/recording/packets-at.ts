// Packets at a moment of a recording. The reducer makes each one from the events about it.
import type { LabEvent } from '../events'
import type { ExchangeId, PacketId } from '../ids'
import { PagedList } from '../state/paged-list'
import { INITIAL_STATE, reduce } from '../state/reduce'
import type { Packet } from '../state/state'
import type { EventsBlock } from './blocks'
import type { LoadedRecording } from './loaded-recording'

/** These packets in their state after event `asOf`, in this order, without those that did not exist. */
export function packetsAt(
  loaded: LoadedRecording,
  ids: readonly PacketId[],
  asOf: number,
): Packet[] {
  const stories = new Map<PacketId, LabEvent[]>()
  const told = new Map<EventsBlock, [packet: PacketId, seq: number][]>()
  for (const id of ids) {
    if (!loaded.columns.has(id) || loaded.columns.sentSeqOf(id) > asOf) continue
    if (stories.has(id)) continue
    const { known, elsewhere } = storyOf(loaded, id, asOf)
    stories.set(id, known)
    for (const seq of elsewhere) {
      const block = loaded.blockOf(seq)
      if (block === undefined) continue
      const seqs = told.get(block)
      if (seqs) seqs.push([id, seq])
      else told.set(block, [[id, seq]])
    }
  }
  // A block at a time, in order: the same ones serve many packets.
  for (const [block, seqs] of [...told].sort(([a], [b]) => a.index - b.index)) {
    const events = loaded.open.events(block)
    for (const [id, seq] of seqs) {
      const event = events[seq - block.summary.firstSeq]
      if (event) stories.get(id)?.push(event)
    }
  }
  const packets: Packet[] = []
  for (const id of ids) {
    const story = stories.get(id)?.sort((a, b) => a.seq - b.seq)
    const packet = story && packetOf(id, story)
    if (packet) packets.push(packet)
  }
  return packets
}

/** The ids of an exchange's packets that were sent up to event `asOf`, in order. */
export function exchangeIds(
  { columns }: LoadedRecording,
  id: ExchangeId,
  asOf: number,
): PacketId[] {
  const ids: PacketId[] = []
  if (id === 0) return ids
  const last = columns.lastSentBy(asOf)
  for (let packet = Math.max(columns.first, id); packet <= last; packet++) {
    if (columns.exchangeOf(packet) === id) ids.push(packet)
  }
  return ids
}

/** The events about a packet: those whose content the columns have, and the numbers of the others. */
function storyOf(
  { columns }: LoadedRecording,
  packet: PacketId,
  asOf: number,
): { known: LabEvent[]; elsewhere: number[] } {
  const known: LabEvent[] = []
  const sentSeq = columns.sentSeqOf(packet)
  const elsewhere = [sentSeq]
  const endedSeq = columns.endedSeqOf(packet)
  // The event that sends a carried packet ends it as well.
  if (endedSeq !== 0 && endedSeq !== sentSeq && endedSeq <= asOf) {
    const at = columns.endedAtOf(packet) / 1000
    if (columns.statusOf(packet) === 'dropped') elsewhere.push(endedSeq)
    else known.push({ seq: endedSeq, at, type: 'packet.delivered', packet })
  }
  for (const { kind, seq } of columns.notesOf(packet, asOf)) {
    if (kind !== 'correct' && kind !== 'wrong' && kind !== 'error') elsewhere.push(seq)
    // The verifying node is not needed here.
    else
      known.push({
        seq,
        at: 0,
        type: 'answer.verified',
        exchange: 0,
        packet,
        node: '',
        verdict: kind,
      })
  }
  return { known, elsewhere }
}

function packetOf(id: PacketId, story: readonly LabEvent[]): Packet | undefined {
  const none = { ...INITIAL_STATE, packets: PagedList.empty<Packet>(id - 1) }
  return reduce(none, story).packets.at(id - 1)
}
