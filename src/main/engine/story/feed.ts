// Sends the events to one screen: a snapshot first, then a batch in each frame. A screen that falls behind gets a new
// snapshot in place of the events that it missed, so that no queue grows and every counter stays exact.
import type { LabEvent } from '../../../shared/events'
import { encodeEvents, encodeSnapshot } from '../../../shared/feed/frame'
import {
  FRAME_MS,
  MAX_FRAME_EVENTS,
  MAX_UNACKNOWLEDGED,
  MAX_WAITING_BYTES,
  MAX_WAITING_EVENTS,
} from '../../../shared/limits'
import type { Clock } from '../clock/clock'
import type { Journal } from './journal'

export interface Feed {
  /** The screen has processed the frame with this number. */
  acknowledge(frame: number): void
  close(): void
}

/** Calls `send` after a frame's time, in real time; returns a function that cancels it. */
type FrameTimer = (fire: () => void) => () => void

const everyFrame: FrameTimer = (fire) => {
  const timer = setTimeout(fire, FRAME_MS)
  return () => clearTimeout(timer)
}

export function openFeed(
  journal: Journal,
  clock: Clock,
  send: (frame: Uint8Array<ArrayBuffer>) => void,
  nextFrame: FrameTimer = everyFrame,
): Feed {
  let waiting: LabEvent[] = []
  let waitingBytes = 0
  let skippedEvents = 0
  let skippedPackets = 0
  let behind = true
  let sentFrames = 0
  let acknowledged = 0
  let cancelFrame: (() => void) | undefined

  function schedule(): void {
    cancelFrame ??= nextFrame(flush)
  }

  function flush(): void {
    cancelFrame = undefined
    if (sentFrames - acknowledged >= MAX_UNACKNOWLEDGED) return
    if (behind) sendSnapshot()
    else if (waiting.length > 0) sendEvents()
    if (waiting.length > 0) schedule()
  }

  function sendSnapshot(): void {
    const state = { ...journal.state, notShown: skippedPackets }
    behind = false
    const { session } = journal
    send(encodeSnapshot(++sentFrames, clock.now(), state, skippedEvents, { session }))
    skippedEvents = 0
  }

  function sendEvents(): void {
    const events = waiting.length > MAX_FRAME_EVENTS ? waiting.splice(0, MAX_FRAME_EVENTS) : waiting
    if (events === waiting) waiting = []
    for (const event of events) {
      waitingBytes -= sizeOf(event)
      if (event.type === 'scenario.reset') skippedPackets = 0
    }
    send(encodeEvents(++sentFrames, clock.now(), events))
  }

  function take(event: LabEvent): void {
    if (behind) {
      // Events before the first snapshot are part of it.
      if (sentFrames > 0) skip(event)
      return
    }
    waiting.push(event)
    waitingBytes += sizeOf(event)
    if (waiting.length > MAX_WAITING_EVENTS || waitingBytes > MAX_WAITING_BYTES) {
      for (const missed of waiting) skip(missed)
      waiting = []
      waitingBytes = 0
      behind = true
    }
    schedule()
  }

  function skip(event: LabEvent): void {
    skippedEvents++
    if (event.type === 'packet.sent') skippedPackets++
    if (event.type === 'scenario.reset') skippedPackets = 0
  }

  const unsubscribe = journal.subscribe(take)
  schedule()

  return {
    acknowledge(frame) {
      if (!(frame > acknowledged && frame <= sentFrames)) return
      acknowledged = frame
      if (behind || waiting.length > 0) schedule()
    },
    close() {
      unsubscribe()
      cancelFrame?.()
      waiting = []
    },
  }
}

function sizeOf(event: LabEvent): number {
  return event.type === 'packet.sent' || event.type === 'packet.edited' ? event.bytes.length : 0
}
