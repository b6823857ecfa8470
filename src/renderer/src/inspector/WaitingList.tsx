// The messages in a policy's queue, in their order: each leads to its exchange.
import { counted } from '../../../shared/format'
import type { ExchangeId, ProtocolId } from '../../../shared/ids'
import { waitingWords } from '../../../shared/state/queue-words'
import type { State } from '../../../shared/state/state'
import { useUi } from '../choices/ui'
import { inSentence, nodeName, packetInAWord } from '../ui/names'

const MOST = 12

export function WaitingList({ policy, state }: { policy: ProtocolId; state: State }) {
  const exchanges = state.waiting.get(policy) ?? []
  if (exchanges.length === 0) return null
  const left = exchanges.length - MOST
  return (
    <section>
      <h3>In the queue: {waitingWords(state, policy)}</h3>
      <ol className="waiting-list">
        {exchanges.slice(0, MOST).map((exchange) => (
          <li key={exchange}>
            <button
              type="button"
              className="link"
              onClick={() => useUi.getState().select({ kind: 'packet', id: exchange })}
            >
              {wordsFor(exchange, state)}
            </button>
          </li>
        ))}
      </ol>
      {left > 0 && <p className="muted">{counted(left, 'more message')}</p>}
    </section>
  )
}

/** `“xyz4” of client 3`. */
function wordsFor(exchange: ExchangeId, state: State): string {
  const question = state.packets.at(exchange - 1)
  if (question === undefined) return `Message ${exchange}`
  return `${packetInAWord(question)} of ${inSentence(nodeName(state, question.from))}`
}
