// What a program prints as things happen: the classic lines of its terminal, or each event as a line of JSON.
import type { LabEvent } from '../../../shared/events'
import type { PacketId } from '../../../shared/ids'
import type { Packet, State } from '../../../shared/state/state'
import { describeLine, type TerminalLine } from '../../../shared/state/terminal'
import type { Colouring } from '../paint'

interface Shown {
  readonly text: string
  readonly isBad: boolean
}

type ProgramNode = Parameters<typeof describeLine>[1]

/** The lines of this node's terminal that come with an event. `state`: after it. */
export function linesOf(
  event: LabEvent,
  state: () => Pick<State, 'packets'>,
  node: ProgramNode,
): Shown[] {
  const { at } = event
  const packet = (id: PacketId): Packet | undefined => state().packets.at(id - 1)
  const shown = (line: TerminalLine, isBad = false): Shown[] => {
    return [{ text: describeLine(line, node), isBad }]
  }
  const sent = (id: PacketId): Shown[] => {
    const one = packet(id)
    if (one?.from !== node.id) return []
    return shown({ key: '', at, kind: 'sent', packet: one }, one.kind === 'error')
  }
  const received = (id: PacketId): Shown[] => {
    const one = packet(id)
    if (one?.to !== node.id) return []
    return shown({ key: '', at, kind: 'received', packet: one }, one.kind === 'error')
  }
  switch (event.type) {
    case 'log': {
      const { level, text } = event
      if (event.node !== node.id) return []
      return shown({ key: '', at, kind: 'log', level, text }, level !== 'info')
    }
    case 'upstream.failed': {
      const { detail } = event
      if (node.role !== 'proxy' || detail === '') return []
      return shown({ key: '', at, kind: 'log', level: 'error', text: detail }, true)
    }
    case 'packet.carried':
      return [...sent(event.packet), ...received(event.packet)]
    case 'packet.sent':
      return sent(event.packet)
    case 'packet.delivered':
      return received(event.packet)
    case 'packet.dropped': {
      const lost = packet(event.packet)
      return lost?.from === node.id ? shown({ key: '', at, kind: 'lost', packet: lost }, true) : []
    }
    case 'answer.verified': {
      const { verdict } = event
      if (event.node !== node.id) return []
      return shown({ key: '', at, kind: 'verified', verdict }, verdict !== 'correct')
    }
    default:
      return []
  }
}

export function painted({ text, isBad }: Shown, paint: Colouring): string {
  return isBad ? paint('red', text) : text
}

const textIn = new TextDecoder()

/** An event as a line of JSON. The bytes of a message are its text. */
export function jsonLine(event: LabEvent): string {
  if (!('bytes' in event)) return JSON.stringify(event)
  const { bytes, ...others } = event
  return JSON.stringify({ ...others, text: textIn.decode(bytes) })
}
