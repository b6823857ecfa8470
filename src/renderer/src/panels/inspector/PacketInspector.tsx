// A packet: its fields as they were written, what is odd about them, its bytes, and the exchange that it belongs to.
import { TriangleAlert } from 'lucide-react'
import { ERRORS } from '../../../../shared/protocol/errors'
import type { Packet, State } from '../../../../shared/state/state'
import { PacketIcon } from '../../icons/PacketIcon'
import { useUi } from '../../store/ui'
import { formatBytes, formatDuration, formatTime } from '../../text/format'
import { inSentence, KIND_TITLES, NOTE_WORDS, nodeName } from '../../text/names'
import { readBytes } from '../../text/reading'
import { questionOf, summaryOf } from '../packets/summary'
import { Facts } from './Facts'
import { fieldLines } from './fields'
import { HexView } from './HexView'
import { LastDecision } from './LastDecision'
import { storyOf } from './story'

interface PacketInspectorProps {
  packet: Packet
  state: State
}

export function PacketInspector({ packet, state }: PacketInspectorProps) {
  const from = nodeName(state, packet.from)
  const to = inSentence(nodeName(state, packet.to))
  return (
    <>
      <p className="inspector-over">
        Packet {packet.id} · {statusOf(packet)}
      </p>
      <h2 className="inspector-title">
        <PacketIcon kind={packet.kind} size={18} />
        {KIND_TITLES[packet.kind]}
      </h2>
      <p className="inspector-way">
        {from} → {to}
      </p>
      <Why packet={packet} state={state} />
      <Content packet={packet} />
      <section>
        <h3>{formatBytes(packet.bytes.length)} on the wire</h3>
        <HexView bytes={packet.bytes} />
      </section>
      <Facts title="Times" facts={timesOf(packet, state)} />
      <Story packet={packet} state={state} />
    </>
  )
}

function statusOf(packet: Packet): string {
  switch (packet.status) {
    case 'flying':
      return 'under way'
    case 'delivered':
      return packet.verdict ? `arrived, ${VERDICTS[packet.verdict]}` : 'arrived'
    case 'dropped':
      return `lost. ${packet.dropped ? ERRORS[packet.dropped] : ''}`
  }
}

const VERDICTS = { correct: 'hash correct', wrong: 'hash wrong', error: 'an error' }

/** The receipt is kept for the last decision of each policy. */
function Why({ packet, state }: PacketInspectorProps) {
  const question = questionOf(state, packet)
  const policy = question && summaryOf(state, question).policy
  const decision = policy === undefined ? undefined : state.decisions.get(policy)
  return decision && decision.exchange === packet.exchange ? (
    <LastDecision decision={decision} state={state} />
  ) : null
}

function Content({ packet }: { packet: Packet }) {
  const reading = readBytes(packet.bytes)
  if (reading.kind === 'unreadable') return <Problem text={reading.problem} />
  const notes = reading.kind === 'message' ? reading.message.notes : []
  return (
    <section>
      <h3>Fields</h3>
      {reading.kind === 'other' && <Problem text={reading.problem} />}
      <dl className="facts fields">
        {fieldLines(packet.kind, reading.fields).map(({ name, value, extra }) => (
          <div key={name}>
            <dt>
              {name}
              {extra && <small> extra</small>}
            </dt>
            <dd>{value === undefined ? <i>absent</i> : <code>{value}</code>}</dd>
          </div>
        ))}
      </dl>
      {notes.map((note) => (
        <Problem key={note} text={NOTE_WORDS[note]} />
      ))}
    </section>
  )
}

function Problem({ text }: { text: string }) {
  return (
    <p className="problem">
      <TriangleAlert size={15} aria-hidden="true" />
      {text}
    </p>
  )
}

function timesOf(packet: Packet, state: State): [string, string][] {
  const connection = state.connections.get(packet.connection)
  const facts: [string, string][] = [
    ['sent', formatTime(packet.sentAt)],
    ['due', formatTime(packet.dueAt)],
  ]
  if (packet.endedAt !== undefined) {
    const what = packet.status === 'dropped' ? 'lost' : 'delivered'
    const after = formatDuration(packet.endedAt - packet.sentAt)
    facts.push([what, `${formatTime(packet.endedAt)}, after ${after}`])
  }
  const ports = connection ? ` :${connection.fromPort} → :${connection.toPort}` : ', closed'
  facts.push(['connection', `${packet.connection}${ports}`])
  return facts
}

function Story({ packet, state }: PacketInspectorProps) {
  const story = storyOf(state, packet.exchange)
  if (story.length < 2) return null
  return (
    <section>
      <h3>The exchange</h3>
      <ol className="story">
        {story.map(({ packet: told, text, sentAfterMs, endedAfterMs }) => (
          <li key={told.id}>
            <button
              type="button"
              aria-current={told.id === packet.id ? 'true' : undefined}
              onClick={() => useUi.getState().select({ kind: 'packet', id: told.id })}
            >
              <PacketIcon kind={told.kind} size={12} />
              <span>{text}</span>
              <small>
                {formatDuration(sentAfterMs)}
                {endedAfterMs !== undefined && ` – ${formatDuration(endedAfterMs)}`}
              </small>
            </button>
          </li>
        ))}
      </ol>
    </section>
  )
}
