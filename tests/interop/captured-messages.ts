// The messages that a capture should contain.
import { partsOfEvent } from '../../src/shared/carried'
import type { LabEvent } from '../../src/shared/events'
import type { Packet, State } from '../../src/shared/state/state'

/** An event, and its real time in milliseconds since 1970. */
export type Timed = readonly [event: LabEvent, wall: number]

/** Returns what the capture should contain according to the events, in the order of crossing. */
export function messagesOf(told: readonly Timed[], start: State) {
  const events = told.flatMap(([event, wall]) =>
    partsOfEvent(event).map((part) => [part, wall] as const),
  )
  const connections = new Map(start.connections)
  const packets = new Map<number, Pick<Packet, 'from' | 'connection' | 'bytes'>>(start.inFlight)
  const reads = new Map<number, Extract<LabEvent, { type: 'packet.read' }>>()
  for (const [event] of events) {
    if (event.type === 'connection.opened') {
      connections.set(event.connection, { ...event, id: event.connection })
    }
    if (event.type === 'packet.sent') packets.set(event.packet, event)
    const changed = event.type === 'packet.edited' ? packets.get(event.packet) : undefined
    if (event.type === 'packet.edited' && changed && !isOutside(changed.from)) {
      packets.set(event.packet, { ...changed, bytes: event.bytes })
    }
    if (event.type === 'packet.read') reads.set(event.packet, event)
  }
  return events.flatMap(([event, wall]) => {
    if (event.type !== 'packet.sent' && event.type !== 'packet.delivered') return []
    const packet = packets.get(event.packet)
    if (packet === undefined) return []
    if ((event.type === 'packet.sent') !== isOutside(packet.from)) return []
    const connection = connections.get(packet.connection)
    if (connection === undefined) throw new Error(`Packet ${event.packet} has no connection.`)
    const { from, fromAddress, fromPort, toAddress, toPort } = connection
    const ends = [`${fromAddress}:${fromPort}`, `${toAddress}:${toPort}`]
    if ((packet.from === 'proxy') !== (from === 'proxy')) ends.reverse()
    const pieces = reads.get(event.packet)?.pieces ?? []
    return {
      packet: event.packet,
      connection: packet.connection,
      way: ends.join('>'),
      microseconds: wall * 1000,
      payload: Buffer.from(packet.bytes).toString('hex'),
      pieces: pieces.length,
      /** Microseconds between the read of the last piece and the event. The clock runs at speed 1. */
      readBefore: (event.at - (pieces.at(-1)?.at ?? event.at)) * 1000,
    }
  })
}

function isOutside(node: string): boolean {
  return node.startsWith('outside:')
}
