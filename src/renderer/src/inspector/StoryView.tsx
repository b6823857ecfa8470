// The steps of an exchange: a line for each, which leads to its packet.
import { ArrowRight, Check, CircleDot, CircleStop, Hourglass, X, Zap } from 'lucide-react'
import { formatDuration } from '../../../shared/format'
import type { Packet, State } from '../../../shared/state/state'
import { useUi } from '../choices/ui'
import { HaloIcon, PacketIcon } from '../ui/PacketIcon'
import { type StoryLine, storyOf } from './story'

interface StoryProps {
  packet: Packet
  exchange: readonly Packet[]
  state: State
}

export function StoryView({ packet, exchange, state }: StoryProps) {
  const { lines, underWay } = storyOf(state, exchange)
  if (lines.length === 0) return null
  return (
    <section>
      <h3>{underWay ? 'The exchange so far' : 'The exchange'}</h3>
      <ol className="story">
        {lines.map((line) => (
          <li key={line.key}>
            <button
              type="button"
              aria-current={line.packet.id === packet.id ? 'true' : undefined}
              onClick={() => useUi.getState().select({ kind: 'packet', id: line.packet.id })}
            >
              <StoryIcon line={line} />
              <span>{line.text}</span>
              <small>{formatDuration(line.afterMs)}</small>
            </button>
          </li>
        ))}
      </ol>
    </section>
  )
}

function StoryIcon({ line: { kind, packet } }: { line: StoryLine }) {
  switch (kind) {
    case 'sent':
      return <PacketIcon kind={packet.kind} size={12} />
    case 'chosen':
      return <CircleDot size={12} aria-hidden="true" />
    case 'held':
      return <HaloIcon size={13} />
    case 'arrived':
      return packet.verdict === 'correct' ? (
        <Check size={12} aria-hidden="true" />
      ) : (
        <ArrowRight size={12} aria-hidden="true" />
      )
    case 'harmed':
      return <Zap size={12} aria-hidden="true" />
    case 'waits':
      return <Hourglass size={12} aria-hidden="true" />
    case 'lost':
    case 'failed':
      return <X size={12} aria-hidden="true" />
    case 'end':
      return <CircleStop size={12} aria-hidden="true" />
  }
}
