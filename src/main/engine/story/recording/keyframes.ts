// Which blocks of a recording begin with a keyframe, the state at that time: enough that every moment is near one, but
// no more bytes than the events take, and no more keyframes than a reader uses.
import type { Slice } from '../../../../shared/feed/event-bytes'
import { BLOCK_COST_EVENTS, KEYFRAME_EVENTS } from '../../../../shared/limits'
import type { State } from '../../../../shared/state/state'

/** Approximate sizes in a keyframe, in bytes before compression. */
const NODE_BYTES = 260
const ROW_BYTES = 180
const CONNECTION_BYTES = 130
const DECISION_BYTES = 200
const LOG_LINE_BYTES = 90
const BREAKPOINT_BYTES = 70
const MARK_BYTES = 45
const PACKET_BYTES = 250
const REST_BYTES = 400
/** The approximate size of an event without its message. */
const EVENT_BYTES = 60

export class Keyframes {
  /** The first block of a recording has one, whatever its size. */
  private bytesSince = Number.POSITIVE_INFINITY
  private eventsSince = Number.POSITIVE_INFINITY

  /** Whether a block that begins in this state needs a keyframe. */
  areDue(before: State): boolean {
    return this.eventsSince >= KEYFRAME_EVENTS && this.bytesSince >= sizeOfKeyframe(before)
  }

  /** A block of these events has been written, with a keyframe or without. */
  wrote({ events, from, to }: Slice, hasKeyframe: boolean): void {
    if (hasKeyframe) {
      this.bytesSince = 0
      this.eventsSince = 0
    }
    this.eventsSince += to - from + BLOCK_COST_EVENTS
    this.bytesSince += (to - from) * EVENT_BYTES + events.messagesOf(from, to).length
  }
}

function sizeOfKeyframe(state: State): number {
  let size =
    REST_BYTES +
    state.nodes.size * NODE_BYTES +
    state.rows.size * ROW_BYTES +
    state.connections.size * CONNECTION_BYTES +
    state.decisions.size * DECISION_BYTES +
    state.breakpoints.size * BREAKPOINT_BYTES +
    state.marks.length * MARK_BYTES
  for (const lines of state.logs.values()) size += lines.length * LOG_LINE_BYTES
  for (const { bytes, original } of state.inFlight.values()) {
    size += PACKET_BYTES + bytes.length + (original?.length ?? 0)
  }
  return size
}
