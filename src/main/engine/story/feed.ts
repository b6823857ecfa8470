// Sends the events to one screen: a snapshot first, then a batch in each frame. A screen that falls behind gets a new
// snapshot in place of the events that it missed, so that no queue grows and every counter stays exact. A feed keeps no
// events: it has a position in the journal, and copies what follows.
import type { Slice } from '../../../shared/feed/event-bytes'
import { frameOfEvents } from '../../../shared/feed/events-frame'
import { encodeSnapshot } from '../../../shared/feed/frame'
import {
  FRAME_MS,
  LARGE_FRAME_BYTES,
  LARGE_FRAME_MS,
  MAX_FRAME_EVENTS,
  MAX_UNACKNOWLEDGED,
  MAX_WAITING_BYTES,
  MAX_WAITING_EVENTS,
} from '../../../shared/limits'
import type { Clock } from '../clock/clock'
import type { Journal } from './journal'
import type { Position } from './page'

export interface Feed {
  /** The screen has processed the frame with this number. */
  acknowledge(frame: number): void
  close(): void
}

/** Calls `fire` after this much real time; returns a function that cancels it. */
type FrameTimer = (fire: () => void, delayMs: number) => () => void

const realTimer: FrameTimer = (fire, delayMs) => {
  const timer = setTimeout(fire, delayMs)
  return () => clearTimeout(timer)
}

export function openFeed(
  journal: Journal,
  clock: Clock,
  send: (frame: Uint8Array<ArrayBuffer>) => void,
  startTimer: FrameTimer = realTimer,
): Feed {
  /** Where the frames so far end; undefined: the screen needs a snapshot. */
  let position: Position | undefined
  /** The events so far, and the packets in them, that the screen has in frames or in its snapshot. */
  let shown = { seq: 0, packets: 0 }
  /** The packets since the last reset that it has seen only in a snapshot. */
  let skippedPackets = 0
  /** Whether the last frame was. */
  let isLarge = false
  let sentFrames = 0
  let acknowledged = 0
  let isClosed = false
  let cancelFrame: (() => void) | undefined

  function schedule(): void {
    if (!isClosed) cancelFrame ??= startTimer(flush, isLarge ? LARGE_FRAME_MS : FRAME_MS)
  }

  function flush(): void {
    cancelFrame = undefined
    if (sentFrames - acknowledged >= MAX_UNACKNOWLEDGED) return
    dropIfBehind()
    if (position === undefined) sendSnapshot()
    else if (position.seq < journal.end.seq) sendEvents(position)
    if (position?.seq === journal.end.seq) journal.onNextEvent(schedule)
    else schedule()
  }

  function sendSnapshot(): void {
    const { end, session, state } = journal
    let skipped = 0
    if (sentFrames > 0) {
      skipped = end.seq - shown.seq
      skippedPackets =
        journal.lastReset.seq > shown.seq
          ? end.packets - journal.lastReset.packets
          : skippedPackets + end.packets - shown.packets
    }
    send(
      encodeSnapshot(++sentFrames, clock.now(), { ...state, notShown: skippedPackets }, skipped, {
        session,
      }),
    )
    position = end
    shown = end
  }

  function sendEvents(from: Position): void {
    const { slices, to } = nextEvents(from)
    const { lastReset } = journal
    if (lastReset.seq > from.seq && lastReset.seq <= to.seq) skippedPackets = 0
    const frame = frameOfEvents(++sentFrames, clock.now(), slices)
    isLarge = frame.length > LARGE_FRAME_BYTES
    send(frame)
    position = to
    shown = to
  }

  /** A screen that has too much before it gets a snapshot, and the pages are given up. */
  function dropIfBehind(): void {
    if (position !== undefined && isTooFarBehind(position, journal.end)) position = undefined
  }

  const stopWatching = journal.onPage(dropIfBehind)
  schedule()

  return {
    acknowledge(frame) {
      if (!(frame > acknowledged && frame <= sentFrames)) return
      acknowledged = frame
      if (position?.seq !== journal.end.seq) schedule()
    },
    close() {
      isClosed = true
      stopWatching()
      cancelFrame?.()
      position = undefined
    },
  }
}

function isTooFarBehind({ page, index, seq }: Position, end: Position): boolean {
  if (end.seq - seq > MAX_WAITING_EVENTS) return true
  let bytes = page.events.messageBytes(index)
  for (let { next } = page; next !== undefined; { next } = next) bytes += next.events.messageBytes()
  return bytes > MAX_WAITING_BYTES
}

/** The next events for one frame, and where they end. Those of pages with other lists are for a frame of their own. */
function nextEvents(from: Position): { slices: readonly Slice[]; to: Position } {
  const slices: Slice[] = []
  let { page, index, seq, packets } = from
  let room = MAX_FRAME_EVENTS
  for (;;) {
    const { events } = page
    const to = Math.min(events.count, index + room)
    if (to > index) {
      slices.push({ events, from: index, to })
      packets += events.packetsIn(index, to).count
      seq += to - index
      room -= to - index
      index = to
    }
    if (index < events.count || page.next === undefined) break
    const [first] = slices
    if (first !== undefined && first.events.lists !== page.next.events.lists) break
    page = page.next
    index = 0
  }
  return { slices, to: { page, index, seq, packets } }
}
