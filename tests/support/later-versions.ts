// Tomorrow's versions of the app, made up beside today's: what they have more, and what they have retired.
import { vi } from 'vitest'
import type { LabEvent } from '../../src/shared/events'
import { EVENTS } from '../../src/shared/feed/event-table'
import {
  added,
  amount,
  bytes,
  constant,
  flag,
  oneOf,
  optional,
  or,
  shape,
  text,
  upgrade,
  variantOf,
  type Word,
  whole,
} from '../../src/shared/feed/field'
import { errorCode, nodeFields } from '../../src/shared/feed/shapes'
import { VERSION } from '../../src/shared/recording/format'
import type { Since } from '../golden/later-fields'

export type Version = Awaited<ReturnType<typeof load>>

async function load() {
  return {
    ...(await import('../../src/shared/recording/reader')),
    ...(await import('../../src/shared/recording/writer')),
    ...(await import('../../src/shared/feed/event-bytes')),
    ...(await import('../../src/shared/feed/frame')),
    ...(await import('../../src/shared/state/reduce')),
  }
}

/** The app with some modules changed, beside today's. */
export async function version(changes: Readonly<Record<string, object>>): Promise<Version> {
  vi.resetModules()
  for (const [path, change] of Object.entries(changes)) {
    vi.doMock(path, async (original) => ({ ...(await original<object>()), ...change }))
  }
  const loaded = await load()
  for (const path of Object.keys(changes)) vi.doUnmock(path)
  return loaded
}

const laterNode = { ...nodeFields, badge: optional(text), laps: added(whole, 1) }
const laterCodes = oneOf('error code', [...(errorCode.choice?.words ?? []), 'LATER'], 'UNKNOWN')

/** Nodes have a badge and laps, deliveries say over how many hops; there is one more error, and one more event. */
export const MORE = {
  '../../src/shared/feed/shapes': {
    nodeFields: laterNode,
    node: shape('node', laterNode),
    errorCode: laterCodes,
  },
  '../../src/shared/feed/event-table': {
    EVENTS: {
      'lesson.told': { fields: { name: text, bytes } },
      ...EVENTS,
      'node.added': { fields: { ...EVENTS['node.added'].fields, node: shape('node', laterNode) } },
      'node.changed': { fields: { node: shape('node', laterNode) } },
      'packet.delivered': { fields: { hops: added(whole, 1), packet: whole } },
      'packet.dropped': { fields: { packet: whole, reason: laterCodes } },
    },
  },
}

const LATER_WORDS: Readonly<Record<string, readonly string[]>> = {
  algorithm: ['auction'],
  health: ['draining'],
  'why passed over': ['bankrupt'],
  'packet status': ['parked'],
  'mark kind': ['lesson'],
  verdict: ['late'],
}

/** Some choices have one more value. */
export const MORE_VALUES = {
  '../../src/shared/feed/field': {
    oneOf: (name: string, words: readonly Word[], unknown: Word) =>
      oneOf(name, [...words, ...(LATER_WORDS[name] ?? [])], unknown),
  },
}

type Cause = { by: 'server'; code: string } | { by: 'chance'; drawn: number }
const cause = variantOf<Cause, 'by'>(
  'cause',
  'by',
  {
    server: shape('server as a cause', { by: constant('server'), code: text }),
    chance: shape('chance as a cause', { by: constant('chance'), drawn: amount }),
  },
  { by: 'chance', drawn: 0 },
)
const laterBreakpoint = shape<object>(
  'breakpoint',
  { id: whole, filter: text, enabled: flag, times: or(null, whole) },
  upgrade({ once: flag }, ({ once }) => ({ times: once ? 1 : null })),
)

/** A breakpoint holds a number of times in place of once or for ever, and a failure has a cause in place of its code. */
export const RETIRED = {
  '../../src/shared/feed/shapes': { breakpoint: laterBreakpoint },
  '../../src/shared/feed/event-table': {
    EVENTS: {
      ...EVENTS,
      'breakpoint.set': { fields: { breakpoint: laterBreakpoint } },
      'upstream.failed': {
        fields: { exchange: whole, server: text, detail: added(text, ''), cause },
        upgrade: upgrade({ reason: errorCode }, ({ reason }) => ({
          cause: { by: 'server', code: reason },
        })),
      },
    },
  },
  '../../src/shared/recording/format': { VERSION: VERSION + 1 },
}

export const SINCE_MORE: Since = { added: new Map([['laps', [1]]]), retired: new Map() }
export const SINCE_RETIRED: Since = {
  added: new Map(),
  retired: new Map([['once', ({ once }) => ({ times: once ? 1 : null })]]),
}

/** The lesson as tomorrow's engine tells it. */
export function toldLater(events: readonly LabEvent[]): LabEvent[] {
  const told = events.flatMap((event, index): object[] => {
    const more = { at: event.at, type: 'lesson.told', name: 'slow', bytes: new Uint8Array(index) }
    const before = index % 40 === 0 ? [more] : []
    if (event.type !== 'node.added' && event.type !== 'packet.delivered') return [...before, event]
    if (event.type === 'packet.delivered') return [...before, { ...event, hops: 2 }]
    return [...before, { ...event, node: { ...event.node, badge: 'left', laps: 3 } }]
  })
  // They are events to that version alone.
  return told.map((event, index) => ({ ...event, seq: index + 1 })) as unknown as LabEvent[]
}

/** What today's version knows of an event that tomorrow's engine tells. */
export function withoutLater(event: LabEvent): object {
  const { hops: _, ...rest } = event as LabEvent & { hops?: number }
  if (rest.type === 'packet.dropped' && String(rest.reason) === 'LATER') {
    return { ...rest, reason: 'UNKNOWN' }
  }
  if (rest.type !== 'node.added' && rest.type !== 'node.changed') return rest
  const { badge: __, laps: ___, ...node } = { badge: '', laps: 0, ...rest.node }
  return { ...rest, node }
}
