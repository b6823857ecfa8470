// The marks on the timeline.
import type { Row } from '../events'
import type { ProtocolId, SimMs } from '../ids'
import { MAX_MARKS } from '../limits'

/** A mark on the timeline. `down`: a server could not be reached. `up`: it came back. */
export interface Mark {
  kind: 'registration' | 'error' | 'held' | 'down' | 'up'
  at: SimMs
  seq: number
  /** The server that went down or came back. */
  server?: ProtocolId
}

/** Adds a mark to the list and returns it; if there are too many of its kind, a list without every second of them. */
export function addMark(marks: Mark[], mark: Mark): Mark[] {
  marks.push(mark)
  if (marks.length <= MAX_MARKS) return marks
  const ofKind = marks.reduce((count, { kind }) => (kind === mark.kind ? count + 1 : count), 0)
  if (ofKind <= MAX_MARKS) return marks
  let place = 0
  return marks.filter(({ kind }) => kind !== mark.kind || place++ % 2 === 0)
}

/** The kind of mark for a row of the switching table that was set, if its server went down or came back. */
export function healthMark(
  before: Pick<Row, 'health'> | undefined,
  { health }: Pick<Row, 'health'>,
): 'down' | 'up' | undefined {
  if (before === undefined || before.health === health) return undefined
  if (health === 'down') return 'down'
  return before.health === 'down' && health === 'up' ? 'up' : undefined
}
