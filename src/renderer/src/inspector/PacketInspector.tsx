// A packet: where it is, the buttons for a held one, why its server was chosen, its content, and its exchange.

import { harmWords } from '../../../shared/fault-words'
import { formatDuration, formatTime } from '../../../shared/format'
import { type PacketId, PROXY } from '../../../shared/ids'
import { ERRORS } from '../../../shared/protocol/errors'
import { readBytes } from '../../../shared/protocol/reading'
import { decisionsOf, failureOf } from '../../../shared/state/decisions'
import type { Packet, State } from '../../../shared/state/state'
import { useUi } from '../choices/ui'
import { ReceiptView } from '../decisions'
import { HeldPacketView } from '../holds'
import { NoteLine } from '../ui/NoteLine'
import { inSentence, KIND_TITLES, nodeName } from '../ui/names'
import { PacketIcon } from '../ui/PacketIcon'
import { Content } from './Content'
import { Edited } from './Edited'
import { Facts } from './Facts'
import { FollowButton } from './FollowButton'
import { StoryView } from './StoryView'

interface PacketInspectorProps {
  packet: Packet
  exchange: readonly Packet[]
  state: State
}

export function PacketInspector({ packet, exchange, state }: PacketInspectorProps) {
  const from = nodeName(state, packet.from)
  const to = inSentence(nodeName(state, packet.to))
  const question = exchange.find(({ id }) => id === packet.exchange)
  return (
    <>
      <p className="inspector-over">
        Packet {packet.id} · {statusOf(packet, to)}
      </p>
      <h2 className="inspector-title" tabIndex={-1}>
        <PacketIcon kind={packet.kind} size={18} />
        {KIND_TITLES[packet.kind]}
      </h2>
      <p className="inspector-way">
        {from} → {to}
      </p>
      <FollowButton id={packet.id} state={state} />
      {packet.copyOf !== undefined && <CopyWords copyOf={packet.copyOf} />}
      {/* Two faults of its link may be of one kind. */}
      {packet.harms?.map((harm, index) => (
        <NoteLine key={`${harm.fault} ${index}`} level="off" text={harmWords(harm)} />
      ))}
      <ErrorWords packet={packet} />
      {packet.held && <HeldPacketView packet={packet} held={packet.held} state={state} />}
      {question &&
        decisionsOf(question).map((decision) => (
          <ReceiptView
            key={decision.attempt}
            decision={decision}
            state={state}
            failure={failureOf(question, decision.attempt)}
            followed={decision !== question.decision}
          />
        ))}
      {packet.original && <Edited bytes={packet.bytes} original={packet.original} />}
      <Content packet={packet} exchange={exchange} />
      <StoryView packet={packet} exchange={exchange} state={state} />
      <Facts title="Times" facts={timesOf(packet, state)} />
    </>
  )
}

function CopyWords({ copyOf }: { copyOf: PacketId }) {
  return (
    <p className="inspector-way">
      A copy of{' '}
      <button
        type="button"
        className="link"
        onClick={() => useUi.getState().select({ kind: 'packet', id: copyOf })}
      >
        packet {copyOf}
      </button>
      , made by hand.
    </p>
  )
}

/** `to`: the receiver's name within a sentence. */
function statusOf(packet: Packet, to: string): string {
  switch (packet.status) {
    case 'flying':
      return packet.held ? `held on its way to ${to}` : `in flight to ${to}`
    case 'delivered':
      return packet.verdict ? `arrived, ${VERDICTS[packet.verdict]}` : 'arrived'
    case 'unknown':
      return 'in a state that this version does not know'
    case 'dropped':
      return `lost. ${packet.dropped ? ERRORS[packet.dropped] : ''}`
  }
}

const VERDICTS = { correct: 'hash correct', wrong: 'hash wrong', error: 'an error' }

/** The proxy's error in words. */
function ErrorWords({ packet }: Pick<PacketInspectorProps, 'packet'>) {
  if (packet.kind !== 'error' || packet.from !== PROXY) return null
  const reading = readBytes(packet.bytes)
  if (reading.kind !== 'message' || reading.message.type !== 2) return null
  const { error } = reading.message
  return error ? (
    <section className="error-words">
      <p>{error.message}</p>
      <code className="muted">{error.code}</code>
    </section>
  ) : null
}

function timesOf(packet: Packet, state: State): [string, string][] {
  const facts: [string, string][] = [['sent', formatTime(packet.sentAt)]]
  if (packet.endedAt !== undefined) {
    const what = packet.status === 'dropped' ? 'lost' : 'delivered'
    const after = formatDuration(packet.endedAt - packet.sentAt)
    facts.push([what, `${formatTime(packet.endedAt)}, after ${after}`])
  } else if (packet.held) {
    facts.push(['held', `since ${formatTime(packet.heldAt ?? packet.legAt)}`])
  } else facts.push(['due', formatTime(packet.dueAt)])
  const connection = state.connections.get(packet.connection)
  facts.push(['connection', connection ? String(connection.id) : `${packet.connection}, closed`])
  if (connection) {
    const { fromAddress, fromPort, toAddress, toPort } = connection
    facts.push(['opened from', `${fromAddress}:${fromPort}`], ['to', `${toAddress}:${toPort}`])
  }
  return facts
}
