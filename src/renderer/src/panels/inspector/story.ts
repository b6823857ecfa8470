// An exchange as a short story: the packets that belong together, in order, with the time since the first.
import type { SimMs } from '../../../../shared/ids'
import { ERRORS } from '../../../../shared/protocol/errors'
import type { Packet, State } from '../../../../shared/state/state'
import { inSentence, nodeName } from '../../text/names'

interface StoryLine {
  packet: Packet
  /** What happened, as the packet's sender and receiver saw it. */
  text: string
  /** Since the exchange began, in ms: when it was sent, and when it arrived or was lost. */
  sentAfterMs: SimMs
  endedAfterMs: SimMs | undefined
}

/** The exchange's packets that the history still has; empty for a packet that belongs to none. */
export function storyOf(
  state: Pick<State, 'packets' | 'nodes'>,
  exchange: Packet['exchange'],
): StoryLine[] {
  if (exchange === 0) return []
  const packets: Packet[] = []
  for (let index = exchange - 1; index < state.packets.end; index++) {
    const packet = state.packets.at(index)
    if (packet?.exchange !== exchange) continue
    packets.push(packet)
    if (isLast(packets, packet)) break
  }
  const begun = packets[0]?.sentAt ?? 0
  return packets.map((packet) => ({
    packet,
    text: textOf(state, packet),
    sentAfterMs: packet.sentAt - begun,
    endedAfterMs: packet.endedAt === undefined ? undefined : packet.endedAt - begun,
  }))
}

/** The answer to the one who asked ends the story. */
function isLast(packets: readonly Packet[], packet: Packet): boolean {
  return packet !== packets[0] && packet.to === packets[0]?.from
}

function textOf(state: Pick<State, 'nodes'>, packet: Packet): string {
  const from = inSentence(nodeName(state, packet.from))
  const to = inSentence(nodeName(state, packet.to))
  const lost = packet.dropped ? `, lost: ${ERRORS[packet.dropped]}` : ''
  switch (packet.kind) {
    case 0:
      return packet.id === packet.exchange
        ? `${from} asked ${to}${lost}`
        : `${from} forwarded it to ${to}${lost}`
    case 1:
      return `${from} registered with ${to}${lost}`
    case 2:
      return `${from} answered ${to}${lost}`
    case 'error':
      return `${from} sent an error to ${to}${lost}`
  }
}
