import fc from 'fast-check'
import { beforeEach, describe, expect, it } from 'vitest'
import { plain } from '../../../../tests/support/stories'
import type { EventBody } from '../../../shared/events'
import { decodeFrame, type Frame } from '../../../shared/feed/frame'
import {
  FRAME_MS,
  LARGE_FRAME_BYTES,
  LARGE_FRAME_MS,
  MAX_FRAME_EVENTS,
  MAX_UNACKNOWLEDGED,
  MAX_WAITING_BYTES,
  MAX_WAITING_EVENTS,
} from '../../../shared/limits'
import { INITIAL_STATE, reduce } from '../../../shared/state/reduce'
import type { State } from '../../../shared/state/state'
import { createManualClock, type ManualClock } from '../clock/manual-clock'
import { type Feed, openFeed } from './feed'
import { Journal } from './journal'

let clock: ManualClock
let journal: Journal
let feed: Feed
/** What the consumer got, and what it has made of it. */
let frames: Frame[]
let screen: State
/** The frame's time that the feed waits for, if it does. */
let due: (() => void) | undefined
/** The frames' times that it has asked for. */
let delays: number[]

beforeEach(setUp)

function setUp(): void {
  clock = createManualClock()
  journal = new Journal(clock)
  frames = []
  delays = []
  screen = INITIAL_STATE
  due = undefined
  tell(3)
  feed = openFeed(
    journal,
    clock,
    (bytes) => {
      const frame = decodeFrame(bytes)
      frames.push(frame)
      if (frame.kind === 'events') {
        expect(frame.events[0]?.seq).toBe(screen.seq + 1)
        screen = reduce(screen, frame.events)
      } else {
        screen = frame.state
      }
    },
    (fire, delayMs) => {
      due = fire
      delays.push(delayMs)
      return () => {
        due = undefined
      }
    },
  )
}

/** A frame's time passes. */
function passFrame(): void {
  const fire = due
  due = undefined
  fire?.()
}

function acknowledge(): void {
  feed.acknowledge(frames.length)
}

/** The consumer keeps up from now on, until there is nothing more for it. */
function catchUp(): void {
  for (acknowledge(); due; acknowledge()) passFrame()
}

/** Emits this many packets, with one byte each by default. */
function tell(count: number, size = 1): void {
  for (let index = 0; index < count; index++) {
    const packet = journal.nextPacket()
    const event: EventBody = {
      type: 'packet.sent',
      packet,
      exchange: packet,
      kind: 0,
      from: 'client:1',
      to: 'proxy',
      connection: 1,
      dueAt: 0,
      bytes: new Uint8Array(size),
      copyOf: null,
    }
    journal.emit(event)
  }
}

const kinds = () => frames.map(({ kind }) => kind)
const shownPackets = () =>
  frames.flatMap((frame) => (frame.kind === 'events' ? frame.events : [])).length

describe('a feed', () => {
  it('begins with what there is, as a snapshot', () => {
    clock.advance(40)
    tell(2)
    passFrame()
    expect(frames).toMatchObject([{ kind: 'snapshot', number: 1, now: 40, skipped: 0 }])
    expect(plain(screen)).toEqual(plain(journal.state))
  })

  it('sends what happens in a batch a frame, and nothing where nothing happens', () => {
    passFrame()
    acknowledge()
    expect(due).toBeUndefined()
    tell(5)
    tell(2)
    passFrame()
    acknowledge()
    passFrame()
    tell(1)
    passFrame()
    expect(kinds()).toEqual(['snapshot', 'events', 'events'])
    expect(frames.map(({ number }) => number)).toEqual([1, 2, 3])
    expect(plain(screen)).toEqual(plain(journal.state))
  })

  it('sends at most MAX_UNACKNOWLEDGED frames ahead of its consumer', () => {
    for (let turn = 0; turn < 10; turn++) {
      tell(1)
      passFrame()
    }
    expect(frames.length).toBe(MAX_UNACKNOWLEDGED)
    feed.acknowledge(1)
    passFrame()
    expect(frames.length).toBe(MAX_UNACKNOWLEDGED + 1)
    expect(plain(screen)).toEqual(plain(journal.state))
  })

  it('takes no acknowledgement of what it has not sent, and none twice', () => {
    for (let turn = 0; turn < 3; turn++) {
      tell(1)
      passFrame()
      feed.acknowledge(99)
      feed.acknowledge(0)
      feed.acknowledge(Number.NaN)
    }
    expect(frames.length).toBe(MAX_UNACKNOWLEDGED)
  })

  it('sends a large backlog in frames of at most MAX_FRAME_EVENTS', () => {
    passFrame()
    tell(2 * MAX_FRAME_EVENTS + 1)
    catchUp()
    const sizes = frames.map((frame) => (frame.kind === 'events' ? frame.events.length : 0))
    expect(sizes).toEqual([0, MAX_FRAME_EVENTS, MAX_FRAME_EVENTS, 1])
    expect(screen.totals).toEqual(journal.state.totals)
  })

  it.each([
    ['events', MAX_WAITING_EVENTS + 5, 1],
    ['bytes', 9, MAX_WAITING_BYTES / 8],
  ])('spares a consumer that has fallen behind by too many %s what it missed', (_, count, size) => {
    passFrame()
    tell(1)
    passFrame()
    tell(count, size)
    tell(4)
    passFrame()
    expect(kinds()).toEqual(['snapshot', 'events'])
    acknowledge()
    passFrame()
    expect(kinds()).toEqual(['snapshot', 'events', 'snapshot'])
    expect(frames.at(-1)).toMatchObject({ skipped: count + 4 })
    expect(screen.notShown).toBe(count + 4)
    expect(screen.totals).toEqual(journal.state.totals)
    tell(2)
    catchUp()
    expect(kinds().at(-1)).toBe('events')
    expect(screen.notShown).toBe(count + 4)
    expect(screen.totals).toEqual(journal.state.totals)
  })

  it('counts what was not shown over all its snapshots, and what was skipped for each', () => {
    passFrame()
    for (const missed of [9, 10]) {
      tell(missed, MAX_WAITING_BYTES / 8)
      journal.emit({ type: 'links.changed', latencyMs: missed })
      catchUp()
      expect(frames.at(-1)).toMatchObject({ kind: 'snapshot', skipped: missed + 1 })
    }
    expect(screen.notShown).toBe(9 + 10)
  })

  it('counts what it has left out from the last reset on', () => {
    passFrame()
    tell(MAX_WAITING_EVENTS + 1)
    catchUp()
    expect(screen.notShown).toBe(MAX_WAITING_EVENTS + 1)
    journal.emit({ type: 'scenario.reset' })
    catchUp()
    expect(screen.notShown).toBe(0)
    tell(MAX_WAITING_EVENTS + 1)
    catchUp()
    expect(screen.notShown).toBe(MAX_WAITING_EVENTS + 1)
    tell(5)
    journal.emit({ type: 'scenario.reset' })
    tell(MAX_WAITING_EVENTS)
    catchUp()
    expect(screen.notShown).toBe(MAX_WAITING_EVENTS)
  })

  it('waits longer after a large frame', () => {
    passFrame()
    tell(1, LARGE_FRAME_BYTES)
    catchUp()
    tell(1)
    catchUp()
    tell(1)
    expect(delays).toEqual([FRAME_MS, FRAME_MS, LARGE_FRAME_MS, FRAME_MS])
  })

  it('keeps rows and the lists that they share together, over pages', () => {
    passFrame()
    const names = (count: number) => Array.from({ length: count }, (_, index) => String(index))
    const decide = (candidates: readonly string[]) =>
      journal.emit({
        type: 'decision.made',
        exchange: 1,
        policy: '111',
        server: '0',
        candidates,
        next: null,
        attempt: 1,
        algorithm: 'round-robin',
        passedOver: [],
        reason: null,
      })
    const shared = names(2)
    const told: (readonly string[])[] = []
    for (let turn = 0; turn < 2_500; turn++) {
      for (const candidates of [shared, names(turn % 9), shared]) {
        decide(candidates)
        told.push(candidates)
      }
      if (turn % 3 === 0) journal.turnPage()
      if (turn % 100 === 0) catchUp()
    }
    catchUp()
    const seen = frames.flatMap((frame) => (frame.kind === 'events' ? frame.events : []))
    expect(seen.map((event) => event.type === 'decision.made' && event.candidates)).toEqual(told)
  })

  it('says nothing more once it is closed', () => {
    passFrame()
    tell(1)
    feed.close()
    expect(due).toBeUndefined()
    tell(1)
    feed.acknowledge(1)
    passFrame()
    expect(frames.length).toBe(1)
  })

  it('leaves no event out and no counter wrong, whatever the pace of its consumer', () => {
    const step = fc.record({
      what: fc.constantFrom('tell', 'tell', 'tell too much', 'frame', 'frame', 'acknowledge'),
      count: fc.nat(9),
    })
    fc.assert(
      fc.property(fc.array(step, { maxLength: 30 }), (steps) => {
        setUp()
        let acknowledged = 0
        for (const { what, count } of steps) {
          if (what === 'tell') tell(count)
          else if (what === 'tell too much') tell(9, MAX_WAITING_BYTES / 8)
          else if (what === 'frame') passFrame()
          else {
            const number = Math.min(acknowledged + count, frames.length)
            feed.acknowledge(number)
            acknowledged = Math.max(acknowledged, number)
          }
          expect(frames.length - acknowledged).toBeLessThanOrEqual(MAX_UNACKNOWLEDGED)
        }
        catchUp()
        expect(screen.seq).toBe(journal.state.seq)
        expect(screen.totals).toEqual(journal.state.totals)
        const first = frames.find((frame) => frame.kind === 'snapshot')
        const inFirst = first?.kind === 'snapshot' ? first.state.seq : 0
        expect(inFirst + shownPackets() + screen.notShown).toBe(journal.state.seq)
      }),
      { numRuns: 30 },
    )
  })
})
