// What the proxy has noticed about an outside program, beside what the socket doctor says: the last warnings of its terminal,
// the newest first.
import { findingsOf } from '../../../shared/diagnosis/doctor/findings'
import { counted, formatTime } from '../../../shared/format'
import type { NodeId } from '../../../shared/ids'
import type { State } from '../../../shared/state/state'
import { NoteLine } from '../ui/NoteLine'
import { foldedNotices } from './notices'

const MOST_NOTICED = 3

function timesWords(times: number): string {
  return times === 1 ? '' : ` (${counted(times, 'time')})`
}

interface NoticedProps {
  node: NodeId
  state: Pick<State, 'examinations' | 'logs'>
}

export function Noticed({ node, state: { examinations, logs } }: NoticedProps) {
  const notices = foldedNotices(logs.get(node) ?? [], findingsOf(examinations.get(node))).slice(
    0,
    MOST_NOTICED,
  )
  if (notices.length === 0) return null
  return (
    <section>
      <h3>What the proxy noticed</h3>
      {notices.map(({ at, text, times }) => (
        <NoteLine key={text} level="off" text={`${formatTime(at)}: ${text}${timesWords(times)}`} />
      ))}
    </section>
  )
}
