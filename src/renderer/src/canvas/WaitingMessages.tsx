// The messages that wait for a server: before the roundabout's exit to their policy, numbered in their order. A click opens
// the exchange.
import { ViewportPortal } from 'reactflow'
import { counted, formatCount } from '../../../shared/format'
import type { ExchangeId } from '../../../shared/ids'
import { waitingWords } from '../../../shared/state/queue-words'
import { visibly } from '../../../shared/visible-controls'
import { useUi } from '../choices/ui'
import { useLab } from '../lab/lab'
import { packetInAWord } from '../ui/names'
import { policyVariable } from '../ui/theme/policy'
import type { GraphLayout } from './graph-layout'
import { useLabelZoom } from './label-zoom'
import { type PlacedQueue, waitingPlaces } from './waiting-places'
import './waiting.css'

/** Pixels for a bead: its own 24 (waiting.css), and a gap, so that no other bead's box covers it where the rim is slanted. */
const PITCH = 31

export function WaitingMessages({ layout }: { layout: GraphLayout }) {
  const waiting = useLab(({ state }) => state.waiting)
  const zoom = useLabelZoom()
  if (waiting.size === 0) return null
  return (
    <ViewportPortal>
      {waitingPlaces(waiting, layout, PITCH / zoom).map((queue) => (
        <Queue key={queue.policy} queue={queue} zoom={zoom} />
      ))}
    </ViewportPortal>
  )
}

function Queue({ queue: { policy, beads, more }, zoom }: { queue: PlacedQueue; zoom: number }) {
  const colour = useLab(({ state }) => policyVariable(state, policy))
  const words = useLab(({ state }) => waitingWords(state, policy))
  return (
    <ol
      className="waiting-messages"
      style={{ '--node-colour': colour }}
      aria-label={visibly`Policy ${policy}: ${words}`}
    >
      {beads.map(({ exchange, at }, index) => (
        <li key={exchange} style={{ transform: placed(at, zoom) }}>
          <Bead exchange={exchange} number={index + 1} />
        </li>
      ))}
      {more && (
        <li style={{ transform: placed(more.at, zoom) }}>
          <button
            type="button"
            className="nodrag nopan is-more"
            aria-label={`${counted(more.count, 'more message')} waiting`}
            onClick={() => useUi.getState().select({ kind: 'policy', id: policy })}
          >
            +{formatCount(more.count)}
          </button>
        </li>
      )}
    </ol>
  )
}

function placed({ x, y }: { x: number; y: number }, zoom: number): string {
  return `translate(${x}px, ${y}px) scale(${1 / zoom}) translate(-50%, -50%)`
}

function Bead({ exchange, number }: { exchange: ExchangeId; number: number }) {
  const isSelected = useUi(
    ({ selection }) => selection?.kind === 'packet' && selection.id === exchange,
  )
  const word = useLab(({ state }) => {
    const question = state.packets.at(exchange - 1)
    return question === undefined ? `message ${exchange}` : packetInAWord(question)
  })
  return (
    <button
      type="button"
      className="nodrag nopan"
      aria-pressed={isSelected}
      aria-label={`${number}: ${word}, waiting`}
      title={`${word} waits for a server, number ${number}`}
      onClick={() => useUi.getState().select({ kind: 'packet', id: exchange })}
    >
      {number}
    </button>
  )
}
