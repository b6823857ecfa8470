// The steps of an exchange: asked, chosen, forwarded, answered, verified, and what happened in between, each with the
// time since the question.
import { failedWords, waitWords } from '../../../shared/decision/attempts'
import { reasonOf } from '../../../shared/decision/words'
import { harmWords } from '../../../shared/fault-words'
import { isOutsideNode } from '../../../shared/filter/nodes'
import { formatDuration } from '../../../shared/format'
import { type NodeId, PROXY, type ProtocolId, type SimMs } from '../../../shared/ids'
import { ERRORS } from '../../../shared/protocol/errors'
import { readBytes } from '../../../shared/protocol/reading'
import { attemptOf, decisionsOf } from '../../../shared/state/decisions'
import type { Decision, Packet, State } from '../../../shared/state/state'
import { visibly } from '../../../shared/visible-controls'
import { choiceWords } from '../swapping'
import { inSentence, nodeName } from '../ui/names'

export interface StoryLine {
  key: string
  /** The packet of this step. */
  packet: Packet
  kind: 'sent' | 'chosen' | 'held' | 'arrived' | 'lost' | 'failed' | 'waits' | 'harmed' | 'end'
  text: string
  /** Time since the client's question. */
  afterMs: SimMs
}

interface Story {
  /** Whether the exchange has not ended yet. */
  underWay: boolean
  lines: readonly StoryLine[]
}

type Names = Pick<State, 'nodes'>

/** `packets`: those of one exchange, in order of sending, including its question. */
export function storyOf(
  state: Names & Pick<State, 'connections' | 'waiting'>,
  packets: readonly Packet[],
): Story {
  const question = packets.find((packet) => packet.id === packet.exchange)
  if (question === undefined) return { underWay: false, lines: [] }
  const moments = packets.flatMap((packet) => momentsOf(state, packet, question, packets))
  // The sort is stable: at the same moment, steps keep the order of their packets.
  moments.sort((a, b) => a.at - b.at || a.packet.id - b.packet.id)
  const lines = moments.map(({ at, ...line }) => ({ ...line, afterMs: at - question.sentAt }))
  const ended = endingOf(packets, question)
  if (ended) return { underWay: false, lines }
  const waits = waitingLine(state, question)
  if (waits) return { underWay: true, lines: [...lines, waits] }
  const left = packets.every(hasEnded)
  if (!left || state.connections.has(question.connection)) return { underWay: true, lines }
  return {
    underWay: false,
    lines: [
      ...lines,
      {
        key: 'end',
        packet: question,
        kind: 'end',
        text: 'no answer: the client’s connection is closed',
        afterMs: lines.at(-1)?.afterMs ?? 0,
      },
    ],
  }
}

/** Where it waits for a server; undefined if it does not. */
function waitingLine({ waiting }: Pick<State, 'waiting'>, question: Packet): StoryLine | undefined {
  for (const [policy, exchanges] of waiting) {
    const place = exchanges.indexOf(question.exchange) + 1
    if (place === 0) continue
    return {
      key: 'waits',
      packet: question,
      kind: 'waits',
      text: visibly`waits in the queue of policy ${policy}: number ${place} of ${exchanges.length}`,
      afterMs: (question.endedAt ?? question.sentAt) - question.sentAt,
    }
  }
  return undefined
}

/** The packet that ended the exchange; undefined while it has not ended. */
function endingOf(packets: readonly Packet[], question: Packet): Packet | undefined {
  if (question.status === 'dropped') return question
  return packets.find((packet) => isFinal(packet, question) && hasEnded(packet))
}

function hasEnded({ status }: Packet): boolean {
  return status === 'delivered' || status === 'dropped'
}

function isFinal(packet: Packet, question: Packet): boolean {
  return packet.to === question.from && packet.from === PROXY
}

type Moment = Omit<StoryLine, 'afterMs'> & { at: SimMs }

function momentsOf(
  state: Names,
  packet: Packet,
  question: Packet,
  packets: readonly Packet[],
): Moment[] {
  const moments: Moment[] = []
  const tell = (kind: StoryLine['kind'], at: SimMs, text: string) =>
    moments.push({ key: `${packet.id} ${kind}`, packet, kind, text, at })
  tell('sent', packet.sentAt, sentWords(state, packet, question, packets))
  for (const [index, harm] of (packet.harms ?? []).entries()) {
    const text = lowered(harmWords(harm))
    moments.push({
      key: `${packet.id} harmed ${index}`,
      packet,
      kind: 'harmed',
      text,
      at: packet.sentAt,
    })
  }
  const { heldAt } = packet
  if (heldAt !== undefined) tell('held', heldAt, heldWords(packet))
  if (packet.endedAt !== undefined) {
    const to = inSentence(nodeName(state, packet.to))
    if (packet.status === 'dropped') {
      const why = packet.dropped ? lowered(ERRORS[packet.dropped]) : 'it did not arrive'
      tell('lost', packet.endedAt, `lost on its way to ${to}: ${why}`)
    } else if (isFinal(packet, question)) {
      tell('arrived', packet.endedAt, endWords(to, packet))
    } else if (packet.from === PROXY) tell('arrived', packet.endedAt, `${to} got it`)
  }
  for (const decision of decisionsOf(packet)) {
    const text =
      decision.server === null
        ? `no server: ${reasonOf(decision)}`
        : visibly`server ${decision.server} chosen: ${reasonOf(decision)}${waitedWords(decision)}`
    moments.push({
      key: `${packet.id} chosen ${decision.attempt}`,
      packet,
      kind: 'chosen',
      text,
      at: decision.at,
    })
  }
  const { choice } = packet
  if (choice !== undefined) {
    const hop = packets.find(
      ({ from, to, kind }) => from === PROXY && kind === 0 && isServer(state, to, choice.server),
    )
    moments.push({
      key: `${packet.id} seen`,
      packet,
      kind: 'chosen',
      text: `seen at ${choiceWords(choice)}`,
      at: hop?.sentAt ?? packet.endedAt ?? packet.sentAt,
    })
  }
  for (const failure of packet.failures ?? []) {
    moments.push({
      key: `${packet.id} failed ${failure.attempt} ${failure.at}`,
      packet,
      kind: 'failed',
      text: visibly`attempt ${failure.attempt} failed: server ${failedWords(failure)}`,
      at: failure.at,
    })
  }
  return moments
}

function isServer({ nodes }: Names, id: NodeId, server: ProtocolId): boolean {
  return nodes.get(id)?.protocolId === server
}

function waitedWords(decision: Decision): string {
  const words = waitWords(decision)
  return words === '' ? '' : `; ${words}`
}

function sentWords(
  state: Names,
  packet: Packet,
  question: Packet,
  packets: readonly Packet[],
): string {
  if (packet.copyOf !== undefined) return `packet ${packet.copyOf} was sent again by hand`
  const from = inSentence(nodeName(state, packet.from))
  const to = inSentence(nodeName(state, packet.to))
  const again = packets.some((other) => other.id < packet.id && sameHop(other, packet))
    ? ', once more'
    : ''
  const attempt = attemptOf(packet, question)
  switch (packet.kind) {
    case 0:
      return packet.from === question.from
        ? `${from} asked ${to}${again}`
        : `${from} forwarded it to ${to}${attempt > 1 ? `, attempt ${attempt}` : again}`
    case 1:
      return `${from} registered with ${to}${again}`
    case 2:
      return packet.from === PROXY
        ? `${from} passed the answer on to ${to}${again}`
        : `${from} answered${again}`
    case 'error':
      return `${from} sent an error to ${to}${again}: ${errorWords(packet)}`
  }
}

function sameHop(a: Packet, b: Packet): boolean {
  return a.from === b.from && a.to === b.to && a.kind === b.kind
}

function heldWords({ heldAt = 0, held, legAt, dropped, original }: Packet): string {
  const edited = original ? ', edited' : ''
  if (held?.behind) return `waits behind packet ${held.behind}${edited}`
  if (held || dropped === 'DROPPED_BY_HAND') return `held on its way${edited}`
  return `held on its way${edited}, and released after ${formatDuration(legAt - heldAt)}`
}

function endWords(to: string, { to: node, kind, verdict }: Packet): string {
  if (kind === 'error' || verdict === 'error') return `${to} got the error`
  if (verdict === undefined) return `${to} got the answer`
  // An outside program does not report its verdict: this is the lab's own check of the hash.
  if (isOutsideNode(node)) return `${to} got the answer: its hash is ${verdict}`
  return `${to} checked the hash: ${verdict}`
}

function errorWords({ bytes }: Packet): string {
  const reading = readBytes(bytes)
  if (reading.kind !== 'message') return lowered(reading.problem)
  const error = reading.message.type === 2 ? reading.message.error : undefined
  return lowered(error?.message ?? 'it says nothing')
}

/** A sentence's text after a colon or comma: its first letter in lower case. */
function lowered(sentence: string): string {
  return (sentence.charAt(0).toLowerCase() + sentence.slice(1)).replace(/\.$/, '')
}
