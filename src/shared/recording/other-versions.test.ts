// Tomorrow's version beside today's: each opens what the other wrote, as far as it knows it.
import { beforeAll, describe, expect, it } from 'vitest'
import { differences } from '../../../tests/golden/later-fields'
import { plainState } from '../../../tests/golden/plain-state'
import {
  MORE,
  MORE_VALUES,
  RETIRED,
  SINCE_MORE,
  SINCE_RETIRED,
  toldLater,
  type Version,
  version,
  withoutLater,
} from '../../../tests/support/later-versions'
import { blockBy, recordingOf } from '../../../tests/support/recorded-stories'
import { inBatches, type Story, tellRealStory } from '../../../tests/support/stories'
import { algorithmsInUse } from '../decision/next'
import { receiptOf, textOf } from '../decision/words'
import type { LabEvent } from '../events'
import { scenarioOf } from '../scenario-file'
import type { Mark } from '../state/marks'
import { DEFAULTS } from '../state/pool'
import { reduce } from '../state/reduce'
import type { Packet, State } from '../state/state'
import { encodeBlockOf, findBlock, PREFIX_BYTES, VERSION } from './format'

let today: Version
let later: Version
let retired: Version
let withMoreValues: Version
let lesson: Story

beforeAll(async () => {
  lesson = withBreakpoint(await tellRealStory(5))
  later = await version(MORE)
  retired = await version(RETIRED)
  withMoreValues = await version(MORE_VALUES)
  today = await version({})
})

function withBreakpoint({ start, events }: Story): Story {
  const breakpoint = { id: 1, filter: 'type:0', once: true, enabled: false }
  const [first, ...others] = events
  const set = { seq: 0, at: first?.at ?? 0, type: 'breakpoint.set', breakpoint } as const
  const told = [set, ...(first ? [first] : []), ...others].map(
    (event, index): LabEvent => ({ ...event, seq: start.seq + 1 + index }),
  )
  return { start, events: told, end: reduce(start, told) }
}

/** What a version writes of a lesson, with the states that come before its blocks. */
async function written(
  by: Version,
  events: readonly LabEvent[],
  cut: { size: number; start?: State; format?: number },
): Promise<Uint8Array> {
  const parts = [by.encodeHead({ startedAt: 0, app: '0.9' })]
  let state = cut.start ?? by.INITIAL_STATE
  for (const batch of inBatches(events, [cut.size])) {
    parts.push(await blockBy(by, batch, state))
    state = by.reduce(state, batch)
  }
  const whole = Buffer.concat([...parts, by.encodeEnd()])
  whole[PREFIX_BYTES - 1] = cut.format ?? VERSION
  return whole
}

function seqsOf({ firstSeq, lastSeq }: { firstSeq: number; lastSeq: number }): number[] {
  return [0, 0.2, 0.5, 0.8, 1].map((part) => Math.round(firstSeq + part * (lastSeq - firstSeq)))
}

describe('tomorrow’s version', () => {
  it.each([
    ['with more fields', () => later, SINCE_MORE],
    ['with retired ones', () => retired, SINCE_RETIRED],
  ])(
    '%s shows what today’s recording shows, with later fields at their defaults',
    async (_, of, changes) => {
      const recording = await recordingOf(
        lesson.events,
        { sizes: [150], keyframeEvery: 2 },
        lesson.start,
      )
      const [reader, before] = [new (of().RecordingReader)(), new today.RecordingReader()]
      const extent = await before.open(recording)
      expect(await reader.open(recording)).toEqual(extent)
      for (const seq of seqsOf(extent)) {
        const shown = plainState(await reader.seek({ seq }))
        expect(differences(plainState(await before.seek({ seq })), shown, changes)).toEqual([])
      }
      expect(reader.recording().map((part) => part.length)).toEqual(
        before.recording().map((part) => part.length),
      )
    },
  )

  it('makes the new fields of an event from those that older ones have', async () => {
    const reader = new retired.RecordingReader()
    const recording = await recordingOf(
      lesson.events,
      { sizes: [400], keyframeEvery: 1 },
      lesson.start,
    )
    await reader.open(recording)
    const failed = lesson.events.find(({ type }) => type === 'upstream.failed')
    const { reason: _, ...rest } = { reason: '', ...failed }
    const code = failed && 'reason' in failed ? failed.reason : ''
    expect(await reader.events((failed?.seq ?? 0) - 1, 1)).toEqual([
      { ...rest, cause: { by: 'server', code } },
    ])
  })
})

describe('today’s version', () => {
  it('shows what it knows of tomorrow’s recording, and says what it leaves out', async () => {
    const told = toldLater([...lesson.events].map((event) => ({ ...event })))
    const lost = told.find(({ type }) => type === 'packet.dropped')
    Object.assign(lost ?? {}, { reason: 'LATER' })
    expect(lost).toBeDefined()
    const start = { ...lesson.start, seq: 0 }
    const recording = await written(later, told, { size: 130, start })
    const reader = new today.RecordingReader()
    const extent = await reader.open(recording)
    expect(extent.lastSeq).toBe(told.length)
    expect(extent.notice).toBe(
      'This recording was written by a newer Roundabout (0.9). ' +
        '1 kind of event, 3 fields, and 1 value that this version does not know are left out.',
    )
    const events = await reader.events(0, told.length)
    expect(events.map(({ seq }) => seq)).toEqual(told.map(({ seq }) => seq))
    // The event that this version would have had.
    const known = told.map(({ seq }, index): LabEvent => {
      const event = events[index]
      if (event === undefined) throw new Error('An event is missing.')
      return { ...event, seq }
    })
    expect(known.filter(({ type }) => type === 'event.unknown')[0]).toMatchObject({
      name: 'lesson.told',
    })
    const originals = told.filter(({ type }) => String(type) !== 'lesson.told')
    expect(known.filter(({ type }) => type !== 'event.unknown')).toEqual(
      originals.map((event) => withoutLater(event)),
    )
    const plain = new today.RecordingReader()
    await plain.open(await written(today, known, { size: 130, start }))
    for (const seq of seqsOf(extent)) {
      const shown = plainState(await reader.seek({ seq }))
      expect(shown).toEqual(plainState(await plain.seek({ seq })))
    }
    const all = Array.from({ length: extent.packets }, (_, index) => index + 1)
    expect(await reader.packets(all, extent.lastSeq)).toEqual(
      await plain.packets(all, extent.lastSeq),
    )
  })

  it('claims nothing false of values that only tomorrow’s version knows', async () => {
    const row = { server: '1', policy: '7', listenPort: 5001, address: '::1', node: 'server:1' }
    const sent = { exchange: 1, from: 'client:1', to: 'proxy', connection: 1, copyOf: null }
    const bytes = Uint8Array.of(123)
    const bodies: object[] = [
      { type: 'packet.sent', packet: 1, kind: 0, dueAt: 9, bytes, ...sent },
      { type: 'row.set', row: { ...row, health: 'draining' } },
      { type: 'pool.changed', policy: '7', ...DEFAULTS, algorithm: 'auction' },
      {
        type: 'decision.made',
        exchange: 1,
        policy: '7',
        server: '1',
        candidates: ['1', '2'],
        next: null,
        attempt: 1,
        algorithm: 'auction',
        passedOver: [{ server: '2', why: 'bankrupt' }],
        reason: { by: 'unknown' },
      },
      { type: 'answer.verified', exchange: 1, packet: 1, node: 'client:1', verdict: 'late' },
    ]
    // They are events to that version alone.
    const told = bodies.map((body, index) => ({ seq: index + 1, at: 5, ...body })) as LabEvent[]
    const writer = withMoreValues
    const start = writer.INITIAL_STATE
    const before = writer.reduce(start, told)
    const parked = { ...[...before.packets][0], status: 'parked' } as unknown as Packet
    const lesson = { kind: 'lesson', at: 5, seq: 2 } as unknown as Mark
    const keyframe: State = {
      ...before,
      inFlight: new Map([[1, parked]]),
      // Today’s reducer has no place for a verdict that is late.
      totals: start.totals,
      marks: [...before.marks, lesson, { kind: 'held', at: 5, seq: 3 }],
    }
    const more = [{ seq: 6, at: 6, type: 'clock.changed', paused: false, speed: 1 }] as const
    const of = async (events: readonly LabEvent[], before: State) =>
      Buffer.concat([
        writer.encodeHead({ startedAt: 0, app: '0.9' }),
        await blockBy(writer, events, before),
        writer.encodeEnd(),
      ])
    const noticeOf = (count: number) =>
      'This recording was written by a newer Roundabout (0.9). ' +
      `${count} values that this version does not know are left out.`
    const reader = new today.RecordingReader()
    expect((await reader.open(await of(told, start))).notice).toBe(noticeOf(4))
    const fromMiddle = new today.RecordingReader()
    expect((await fromMiddle.open(await of(more, keyframe))).notice).toBe(noticeOf(6))
    const later = await fromMiddle.seek({ seq: 6 })
    expect(later.inFlight.get(1)?.status).toBe('unknown')
    expect(later.marks.map(({ kind }) => kind)).toEqual(['held'])
    const state = await reader.seek({ seq: 5 })
    expect(state.rows.get('1')?.health).toBe('unknown')
    expect(state.pools.get('7')).toMatchObject({ algorithm: 'unknown' })
    const decision = state.decisions.get('7')
    expect([decision?.algorithm, decision?.passedOver[0]?.why]).toEqual(['unknown', 'unknown'])
    expect((await reader.events(4, 1))[0]).toEqual({
      seq: 5,
      at: 5,
      type: 'event.unknown',
      name: 'answer.verified',
    })
    if (decision === undefined) throw new Error('There is no decision.')
    const lines = receiptOf(decision).lines.map(textOf)
    expect(lines).toContain('2 was passed over, for a cause that this version does not know')
    expect(lines.join()).not.toContain('down')
    expect(algorithmsInUse(state)).toEqual(['an algorithm of a newer version'])
    // What it does not know is not saved as something else.
    expect(scenarioOf(state).contents.pools).toEqual([{ policy: '7' }])
  })

  it('leaves out events that lack a field which a newer format has retired', async () => {
    const changed = lesson.events.map((event): object => {
      if (event.type === 'upstream.failed') {
        const { reason: _, ...rest } = event
        return { ...rest, cause: { by: 'chance', drawn: 0.5 } }
      }
      if (event.type !== 'breakpoint.set') return event
      const { once: _, ...rest } = event.breakpoint
      return { ...event, breakpoint: { ...rest, times: 3 } }
    })
    // They are events to that version alone.
    const told = changed as unknown as LabEvent[]
    const format = VERSION + 1
    const recording = await written(retired, told, { size: 100, start: lesson.start, format })
    const reader = new today.RecordingReader()
    const extent = await reader.open(recording)
    expect(extent.notice).toBe(
      'This recording was written by a newer Roundabout (0.9). ' +
        '2 kinds of events that this version does not know are left out.',
    )
    const known = lesson.events.map((event): LabEvent => {
      const { seq, at, type } = event
      const isLeftOut = type === 'upstream.failed' || type === 'breakpoint.set'
      return isLeftOut ? { seq, at, type: 'event.unknown', name: type } : event
    })
    const plain = new today.RecordingReader()
    await plain.open(await written(today, known, { size: 100, start: lesson.start }))
    for (const seq of seqsOf(extent)) {
      const shown = plainState(await reader.seek({ seq }))
      expect(shown).toEqual(plainState(await plain.seek({ seq })))
    }
  })

  it('passes over blocks of kinds that only a newer format has', async () => {
    const recording = await written(retired, [], { size: 9, format: VERSION + 1 })
    const head = findBlock(recording, PREFIX_BYTES)
    const end = head.kind === 'block' ? head.end : 0
    // A kind of block that this version does not have.
    const other = encodeBlockOf('NOTE' as 'EVTS', Uint8Array.of(1, 2, 3))
    const reader = new today.RecordingReader()
    const whole = Buffer.concat([recording.subarray(0, end), other, recording.subarray(end)])
    await reader.open(whole)
    expect(Buffer.concat(reader.recording())).toEqual(whole)
  })
})

describe('a screen', () => {
  it('of today understands an engine of tomorrow, and the other way round', () => {
    for (const [screen, engine] of [
      [today, later],
      [later, today],
      [retired, today],
    ] as const) {
      const told = engine === later ? toldLater(lesson.events) : lesson.events
      const start = { ...lesson.start, seq: engine === later ? 0 : lesson.start.seq }
      const frames = new screen.FrameReader()
      const first = frames.read(engine.encodeSnapshot(1, 0, start, 0))
      const second = frames.read(engine.encodeEvents(2, 0, told))
      if (first.kind !== 'snapshot' || second.kind !== 'events') throw new Error('They are others.')
      const end = screen.reduce(first.state, second.events)
      expect(end.totals).toEqual(lesson.end.totals)
      expect([...end.nodes.keys()]).toEqual([...lesson.end.nodes.keys()])
      expect(end.packets.end).toBe(lesson.end.packets.end)
      expect([...end.packets].at(-1)?.bytes).toEqual([...lesson.end.packets].at(-1)?.bytes)
    }
  })
})
