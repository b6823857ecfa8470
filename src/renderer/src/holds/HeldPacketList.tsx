// The packets that are held now, in the order in which they stopped, each with its buttons.

import { counted, formatCount } from '../../../shared/format'
import { run } from '../actions/run'
import { useUi } from '../choices/ui'
import type { HeldQueue } from '../lab/held-packets'
import { useLab } from '../lab/lab'
import { inSentence, nodeName, packetInAWord } from '../ui/names'
import { PacketIcon } from '../ui/PacketIcon'

/** How many packets are listed; more are counted. */
const MOST_SHOWN = 30

interface HeldPacketListProps {
  queues: readonly HeldQueue[]
  count: number
  readOnly: boolean
}

export function HeldPacketList({ queues, count, readOnly }: HeldPacketListProps) {
  const nodes = useLab(({ state }) => state.nodes)
  const name = (id: string) => inSentence(nodeName({ nodes }, id))
  const packets = queues.flatMap((queue) => queue.packets)
  return (
    <section className="held-packets" aria-label="Held packets">
      <header>
        <h2>{counted(count, 'packet')} held</h2>
        {!readOnly && (
          <button type="button" className="link" onClick={() => void run({ type: 'releaseAll' })}>
            Release all
          </button>
        )}
      </header>
      <ul>
        {packets.slice(0, MOST_SHOWN).map((packet) => (
          <li key={packet.id}>
            <PacketIcon kind={packet.kind} />
            <button
              type="button"
              className="held-packet"
              title="Show it in the inspector"
              onClick={() => useUi.getState().select({ kind: 'packet', id: packet.id })}
            >
              <b>{packetInAWord(packet, 24)}</b>
              <small>
                {name(packet.from)} → {name(packet.to)}
                {packet.held?.breakpoint === null && ' · waits'}
              </small>
            </button>
            {!readOnly && (
              <>
                <button
                  type="button"
                  className="button"
                  onClick={() => void run({ type: 'release', packet: packet.id })}
                >
                  Release
                </button>
                <button
                  type="button"
                  className="button"
                  onClick={() => void run({ type: 'drop', packet: packet.id })}
                >
                  Drop
                </button>
              </>
            )}
          </li>
        ))}
      </ul>
      {packets.length > MOST_SHOWN && (
        <p className="muted">and {formatCount(packets.length - MOST_SHOWN)} more</p>
      )}
    </section>
  )
}
