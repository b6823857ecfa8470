// Logs the contents of messages on request, one line per delivered message. While switched off it
// subscribes to nothing and costs nothing.
import type { LabEvent, PacketKind } from '../../shared/events'
import { type NodeId, type PacketId, PROXY } from '../../shared/ids'
import type { Engine } from '../engine'
import type { Log } from './log'

/** Characters logged of one message. */
const MAX_CONTENT_CHARS = 500
/** The most bytes that UTF-8 uses for one character. */
const MAX_BYTES_PER_CHAR = 4

interface PacketInFlight {
  from: NodeId
  to: NodeId
  kind: PacketKind
  bytes: Uint8Array
}

export interface ContentsLog {
  readonly on: boolean
  set(on: boolean): void
}

export function logMessageContents(
  engine: Pick<Engine, 'subscribe' | 'state'>,
  log: Pick<Log, 'info' | 'content'>,
): ContentsLog {
  let stop: (() => void) | undefined

  function start(): () => void {
    const inFlight = new Map<PacketId, PacketInFlight>(engine.state.inFlight)
    return engine.subscribe((event) => note(event, inFlight, log.content))
  }

  return {
    get on() {
      return stop !== undefined
    },
    set(on) {
      if (on === (stop !== undefined)) return
      stop?.()
      stop = on ? start() : undefined
      log.info(
        on
          ? 'Message contents: switched on. From here on, what messages say is written to this log.'
          : 'Message contents: switched off. From here on, this log has none.',
      )
    },
  }
}

function note(
  event: LabEvent,
  underway: Map<PacketId, PacketInFlight>,
  write: (text: string) => void,
): void {
  switch (event.type) {
    case 'packet.carried':
      write(describe(event.packet, event))
      break
    case 'packet.sent':
      underway.set(event.packet, event)
      break
    case 'packet.edited': {
      const before = underway.get(event.packet)
      if (before) underway.set(event.packet, { ...before, kind: event.kind, bytes: event.bytes })
      break
    }
    case 'packet.dropped':
      underway.delete(event.packet)
      break
    case 'packet.delivered': {
      const packet = underway.get(event.packet)
      underway.delete(event.packet)
      if (packet) write(describe(event.packet, packet))
      break
    }
  }
}

/** `in` and `out` are seen from the proxy. */
function describe(id: PacketId, { from, to, kind, bytes }: PacketInFlight): string {
  const direction = to === PROXY ? 'in' : 'out'
  const type = kind === 'error' ? 'error' : `type ${kind}`
  return `Packet ${id} ${direction}, ${type}, ${from} → ${to}: ${textOf(bytes)}`
}

function textOf(bytes: Uint8Array): string {
  const text = new TextDecoder().decode(bytes.subarray(0, MAX_CONTENT_CHARS * MAX_BYTES_PER_CHAR))
  const isWhole = text.length <= MAX_CONTENT_CHARS
  return isWhole ? text : `${text.slice(0, MAX_CONTENT_CHARS)}… (${bytes.length} bytes in all)`
}
