// What the proxy has noticed about an outside program: the last warnings of its terminal, the newest first.
import { formatTime } from '../../../shared/format'
import type { NodeId } from '../../../shared/ids'
import type { State } from '../../../shared/state/state'
import { NoteLine } from '../ui/NoteLine'

const MOST_NOTICED = 3

export function Noticed({ node, logs }: { node: NodeId; logs: State['logs'] }) {
  const lines = (logs.get(node) ?? []).filter(({ level }) => level !== 'info')
  if (lines.length === 0) return null
  return (
    <section>
      <h3>What the proxy noticed</h3>
      {lines
        .slice(-MOST_NOTICED)
        .toReversed()
        .map(({ at, text }) => (
          <NoteLine key={`${at} ${text}`} level="off" text={`${formatTime(at)}: ${text}`} />
        ))}
    </section>
  )
}
