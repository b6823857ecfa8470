// Tomorrow's version beside today's: each opens what the other wrote, as far as it knows it.
import { beforeAll, describe, expect, it, vi } from 'vitest'
import { differences, type Since } from '../../../tests/golden/later-fields'
import { type Json, plainState } from '../../../tests/golden/plain-state'
import { deflate, recordingOf } from '../../../tests/support/recorded-stories'
import { inBatches, type Story, tellRealStory } from '../../../tests/support/stories'
import type { LabEvent } from '../events'
import { EVENTS } from '../feed/event-table'
import {
  added,
  amount,
  bytes,
  constant,
  nullable,
  oneOf,
  optional,
  shape,
  text,
  upgrade,
  variantOf,
  whole,
} from '../feed/field'
import { errorCode, nodeFields, passedOver, reason } from '../feed/shapes'
import type { State } from '../state/state'
import { encodeBlockOf, findBlock, PREFIX_BYTES, VERSION } from './format'

type Version = Awaited<ReturnType<typeof load>>

async function load() {
  return {
    ...(await import('./reader')),
    ...(await import('./writer')),
    ...(await import('../feed/frame')),
    ...(await import('../state/reduce')),
  }
}

/** The app with some modules changed, beside today's. */
async function version(changes: Readonly<Record<string, object>>): Promise<Version> {
  vi.resetModules()
  for (const [path, change] of Object.entries(changes)) {
    vi.doMock(path, async (original) => ({ ...(await original<object>()), ...change }))
  }
  const loaded = await load()
  for (const path of Object.keys(changes)) vi.doUnmock(path)
  return loaded
}

const laterNode = { ...nodeFields, tag: optional(text), weight: added(whole, 1) }
const laterCodes = oneOf('error code', [...(errorCode.choice?.words ?? []), 'LOST'], 'UNKNOWN')

/** Nodes have a tag and a weight, deliveries say over how many hops; packets can be lost; there are faults. */
const MORE = {
  '../feed/shapes': {
    nodeFields: laterNode,
    node: shape('node', laterNode),
    errorCode: laterCodes,
  },
  '../feed/event-table': {
    EVENTS: {
      'fault.added': { fields: { name: text, bytes } },
      ...EVENTS,
      'node.added': { fields: { node: shape('node', laterNode) } },
      'node.changed': { fields: { node: shape('node', laterNode) } },
      'packet.delivered': { fields: { hops: added(whole, 1), packet: whole } },
      'packet.dropped': { fields: { packet: whole, reason: laterCodes } },
    },
  },
}

type Grounds = { is: 'turn'; server: string } | { is: 'draw'; place: number }
const grounds = variantOf<Grounds, 'is'>(
  'grounds',
  'is',
  {
    turn: shape('turn', { is: constant('turn'), server: text }),
    draw: shape('draw', { is: constant('draw'), place: amount }),
  },
  { is: 'draw', place: 0 },
)
const { reason: _, passedOver: __, ...keptOfDecision } = EVENTS['decision.made'].fields
const laterDecision = { ...keptOfDecision, round: added(whole, 1), grounds }
const decisionUpgrade = upgrade({ reason: nullable(reason), passedOver }, ({ reason }) => ({
  grounds: groundsOf(reason?.by === 'round-robin' ? reason.turn : ''),
}))

function groundsOf(server: Json): { [key: string]: Json } {
  return { is: 'turn', server }
}

/** A decision has grounds in place of its reason. */
const RETIRED = {
  '../feed/event-table': {
    EVENTS: { ...EVENTS, 'decision.made': { fields: laterDecision, upgrade: decisionUpgrade } },
    decisionFields: laterDecision,
    decisionUpgrade,
  },
  './format': { VERSION: 3 },
}

const SINCE_MORE: Since = { added: new Map([['weight', [1]]]), retired: new Map() }
const SINCE_RETIRED: Since = {
  added: new Map([['round', [1]]]),
  retired: new Map<string, (object: { [key: string]: Json }) => { [key: string]: Json }>([
    ['passedOver', () => ({})],
    [
      'reason',
      ({ reason = null }) => {
        const turn = reason !== null && typeof reason === 'object' && 'turn' in reason
        return { grounds: groundsOf(turn ? (reason.turn ?? '') : '') }
      },
    ],
  ]),
}

let today: Version
let later: Version
let retired: Version
let lesson: Story

beforeAll(async () => {
  lesson = await tellRealStory(5)
  later = await version(MORE)
  retired = await version(RETIRED)
  today = await version({})
})

/** What a version writes of a lesson, with the states that come before its blocks. */
async function written(
  by: Version,
  events: readonly LabEvent[],
  cut: { size: number; start?: State; format?: number },
): Promise<Uint8Array> {
  const parts = [by.encodeHead({ startedAt: 0, app: '0.9' })]
  let state = cut.start ?? by.INITIAL_STATE
  for (const batch of inBatches(events, [cut.size])) {
    const walls = batch.map(({ at }) => at)
    parts.push(await by.encodeBlock({ events: batch, walls, before: state }, deflate))
    state = by.reduce(state, batch)
  }
  const whole = Buffer.concat([...parts, by.encodeEnd()])
  whole[PREFIX_BYTES - 1] = cut.format ?? VERSION
  return whole
}

/** The lesson as tomorrow's engine tells it. */
function toldLater(events: readonly LabEvent[]): LabEvent[] {
  const told = events.flatMap((event, index): object[] => {
    const fault = { at: event.at, type: 'fault.added', name: 'slow', bytes: new Uint8Array(index) }
    const faults = index % 40 === 0 ? [fault] : []
    if (event.type !== 'node.added' && event.type !== 'packet.delivered') return [...faults, event]
    if (event.type === 'packet.delivered') return [...faults, { ...event, hops: 2 }]
    return [...faults, { ...event, node: { ...event.node, tag: 'left', weight: 3 } }]
  })
  // They are events to that version alone.
  return told.map((event, index) => ({ ...event, seq: index + 1 })) as unknown as LabEvent[]
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

  it('makes grounds of the reason that older decisions have', async () => {
    const reader = new retired.RecordingReader()
    const recording = await recordingOf(
      lesson.events,
      { sizes: [400], keyframeEvery: 1 },
      lesson.start,
    )
    const { firstSeq } = await reader.open(recording)
    const decided = lesson.events.findLast(({ type }) => type === 'decision.made')
    const [event] = await reader.events((decided?.seq ?? firstSeq) - 1, 1)
    expect(event).toMatchObject({ round: 1, grounds: { is: 'turn' } })
    expect(event).not.toHaveProperty('reason')
  })
})

describe('today’s version', () => {
  it('shows what it knows of tomorrow’s recording, and says what it leaves out', async () => {
    const told = toldLater([...lesson.events].map((event) => ({ ...event })))
    const lost = told.find(({ type }) => type === 'packet.dropped')
    Object.assign(lost ?? {}, { reason: 'LOST' })
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
    // What this version would have been told.
    const known = told.map(({ seq }, index): LabEvent => {
      const event = events[index]
      if (event === undefined) throw new Error('An event is missing.')
      return { ...event, seq }
    })
    expect(known.filter(({ type }) => type === 'event.unknown')[0]).toMatchObject({
      name: 'fault.added',
    })
    const originals = told.filter(({ type }) => String(type) !== 'fault.added')
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

  it('leaves out events that lack a field which a newer format has retired', async () => {
    const decided = lesson.events.map((event): object => {
      if (event.type !== 'decision.made') return event
      const { reason: _, passedOver: __, ...rest } = event
      return { ...rest, round: 1, grounds: { is: 'draw', place: 0.5 } }
    })
    // They are events to that version alone.
    const told = decided as unknown as LabEvent[]
    const recording = await written(retired, told, { size: 100, start: lesson.start, format: 3 })
    const reader = new today.RecordingReader()
    const extent = await reader.open(recording)
    expect(extent.notice).toMatch(
      /^This recording was written by a newer Roundabout \(0\.9\)\. 1 kind of event/,
    )
    const state = await reader.seek({ seq: extent.lastSeq })
    expect(state.decisions.size).toBe(0)
    const { decisions: _, packets: __, next: ___, rows: ____, ...shown } = state
    const {
      decisions: _____,
      packets: ______,
      next: _______,
      rows: ________,
      ...whole
    } = lesson.end
    expect({ ...shown, inFlight: 0, packetBytes: 0 }).toEqual({
      ...whole,
      inFlight: 0,
      packetBytes: 0,
    })
  })

  it('passes over blocks of kinds that only a newer format has', async () => {
    const recording = await written(retired, [], { size: 9, format: 3 })
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

function withoutLater(event: LabEvent): object {
  const { hops: _, ...rest } = event as LabEvent & { hops?: number }
  if (rest.type === 'packet.dropped' && String(rest.reason) === 'LOST') {
    return { ...rest, reason: 'UNKNOWN' }
  }
  if (rest.type !== 'node.added' && rest.type !== 'node.changed') return rest
  const {
    tag: __,
    weight: ___,
    ...node
  } = rest.node as typeof rest.node & {
    tag?: string
    weight?: number
  }
  return { ...rest, node }
}
