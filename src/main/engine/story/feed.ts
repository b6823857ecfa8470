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
import type { Page, Position } from './page'

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
  /** The pages from the position's on, which it keeps. */
  const pages: Page[] = []
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
    follow(end.page)
    position = end
    shown = end
  }

  function sendEvents(from: Position): void {
    const { slices, to } = nextEvents(from, pages)
    const { lastReset } = journal
    if (lastReset.seq > from.seq && lastReset.seq <= to.seq) skippedPackets = 0
    const frame = frameOfEvents(++sentFrames, clock.now(), slices)
    isLarge = frame.length > LARGE_FRAME_BYTES
    send(frame)
    release(pages.indexOf(to.page))
    position = to
    shown = to
  }

  /** A screen that has too much before it gets a snapshot, and the pages are given up. */
  function dropIfBehind(): void {
    if (position === undefined || !isTooFarBehind(position, pages, journal.end)) return
    position = undefined
    release(pages.length)
  }

  function follow(page: Page): void {
    page.keep()
    pages.push(page)
  }

  /** Gives up the first pages. */
  function release(count: number): void {
    for (const page of pages.splice(0, count)) page.release()
  }

  const stopWatching = journal.onPage(() => {
    if (position !== undefined) follow(journal.end.page)
    dropIfBehind()
  })
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
      release(pages.length)
    },
  }
}

function isTooFarBehind({ index, seq }: Position, pages: readonly Page[], end: Position): boolean {
  if (end.seq - seq > MAX_WAITING_EVENTS) return true
  let bytes = 0
  pages.forEach(({ events }, place) => {
    bytes += events.messageBytes(place === 0 ? index : 0)
  })
  return bytes > MAX_WAITING_BYTES
}

/**
 * The next events for one frame, and where they end. Those of pages with other lists are for a frame of their own.
 * `pages`: those from the position's on.
 */
function nextEvents(
  from: Position,
  pages: readonly Page[],
): { slices: readonly Slice[]; to: Position } {
  const slices: Slice[] = []
  let { page, index, seq, packets } = from
  let room = MAX_FRAME_EVENTS
  for (const next of pages) {
    const { events } = next
    const [first] = slices
    if (first !== undefined && first.events.lists !== events.lists) break
    if (next !== page) index = 0
    page = next
    const to = Math.min(events.count, index + room)
    if (to > index) {
      slices.push({ events, from: index, to })
      packets += events.packetsIn(index, to).count
      seq += to - index
      room -= to - index
      index = to
    }
    if (index < events.count) break
  }
  return { slices, to: { page, index, seq, packets } }
}
