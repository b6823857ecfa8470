import { describe, expect, it } from 'vitest'
import { decisionOf } from '../decision/testing'
import {
  detailsOf,
  isAway,
  isInUse,
  leftWords,
  type Standing,
  shortStanding,
  standingsOf,
  standingWords,
} from './standing'
import type { NodeState, RowState } from './state'
import { insideServer, serverRow } from './testing'

const inside = insideServer('1', { policy: '111' })
const outside: NodeState = { ...inside, origin: 'outside', lastSeenAt: 5_203 }
const up = serverRow('1')
const down: RowState = { ...up, health: 'down' }

const words = (...given: Parameters<typeof standingsOf>) => standingsOf(...given).map(standingWords)
const short = (...given: Parameters<typeof standingsOf>) => standingsOf(...given).map(shortStanding)
const details = (row: RowState, node?: NodeState) => detailsOf(standingsOf(row, node), row, node)

describe('what is known of a server', () => {
  it('is that it is up, of one that runs in the app or has a connection kept open', () => {
    expect(words(up, inside)).toEqual(['up'])
    expect(words(up, { ...outside, keepConnection: true, connections: 1 })).toEqual(['up'])
    expect(words(up, { ...outside, keepConnection: true })).toEqual(['seen 5.203'])
  })

  it('is when it was last seen, of an outside program', () => {
    expect(words(up, outside)).toEqual(['seen 5.203'])
    expect(details(up, outside)).toBe(
      'It was up when last seen, at 5.203. The next message for it shows whether it still is.',
    )
    const older = { ...outside }
    delete older.lastSeenAt
    expect(words(up, older)).toEqual(['up'])
  })

  it('is why it is down, before when it was last seen', () => {
    const detail = 'Server 1 refused the connection: is it still running? (ECONNREFUSED)'
    const lastFailure = { at: 9_000, reason: 'SERVER_UNREACHABLE', detail } as const
    expect(words({ ...down, since: 9_000 }, outside)).toEqual(['down since 0:09'])
    expect(details({ ...down, lastFailure }, outside)).toBe(`${detail} Last seen at 5.203.`)
    const untold = { ...lastFailure, detail: '' }
    expect(details({ ...down, lastFailure: untold }, inside)).toBe(
      'The server does not accept connections.',
    )
    expect(details(down)).toBe('')
    expect(details({ ...down, cause: 'checks' })).toBe('It is down: its checks failed.')
    const lastCheck = { at: 9_000, passed: false, detail: 'the connection was refused' }
    expect(details({ ...down, cause: 'checks', lastCheck, lastFailure })).toBe(
      'It is down: its checks failed. The latest: the connection was refused.',
    )
  })
})

describe('what keeps messages away', () => {
  const until = 72_000

  it.each([
    [{ cause: 'failures', until }, 'failing', 'failing until 1:12'],
    [{ cause: 'failures', trial: true }, 'on trial', 'on trial'],
    [{ cause: 'ejected', until }, 'ejected', 'ejected until 1:12'],
    [{ cause: 'breaker', until }, 'circuit open', 'circuit open until 1:12'],
    [{ cause: 'breaker', trial: true }, 'half open', 'circuit half open'],
    [{ cause: 'checks' }, 'down', 'down'],
    [{ cause: 'unknown' }, 'unknown', 'not known to this version'],
  ] as const)('by its health: %o', (row, mark, told) => {
    expect(short({ ...down, ...row }, inside)).toEqual([mark])
    expect(words({ ...down, ...row }, inside)).toEqual([told])
  })

  it('is what it carries', () => {
    const busy = { ...up, inFlight: 2 }
    expect(words(busy, { ...inside, drain: true })).toEqual(['draining: 2 left'])
    expect(short(busy, { ...inside, drain: true })).toEqual(['2 left'])
    expect(words(up, { ...inside, drain: true })).toEqual(['drained'])
    expect(words(busy, { ...inside, maxConnections: 2 })).toEqual(['full: 2 of 2'])
    expect(words(busy, { ...inside, maxConnections: 3 })).toEqual(['up'])
    expect(words(up, { ...inside, backup: true })).toEqual(['backup standing by'])
    expect(words(up, { ...inside, backup: true }, true)).toEqual(['backup in use'])
  })

  it('is told all of it, the gravest first', () => {
    const row: RowState = { ...down, cause: 'checks', streak: 1, streakOf: 3 }
    expect(short(row, { ...inside, drain: true, backup: true })).toEqual([
      'down',
      'drained',
      'UP 1/3',
      'backup',
    ])
    expect(words({ ...up, weightPercent: 40, streak: 1, streakOf: 2 }, inside)).toEqual([
      'checking: DOWN 1/2',
      'slow start: 40 %',
    ])
    // Of its limit, as of its weight, a part counts in a slow start.
    const starts = { ...up, weightPercent: 10, limit: 1, inFlight: 1 }
    expect(words(starts, { ...inside, maxConnections: 10 })).toEqual([
      'full: 1 of 1',
      'slow start: 10 %',
    ])
  })

  it('counts down to when it may get messages again, in whole seconds', () => {
    expect(leftWords(until, 60_001)).toBe('12 s')
    expect(leftWords(until, 1_000)).toBe('1 min 11 s')
    expect(leftWords(until, until)).toBe('')
    expect(leftWords(undefined, 0)).toBe('')
  })

  it('has a sentence for each that is no matter of course', () => {
    const told: Standing[] = [
      { kind: 'failing', until },
      { kind: 'ejected', until },
      { kind: 'open', until },
      { kind: 'halfOpen' },
      { kind: 'trial' },
      { kind: 'draining', left: 1 },
      { kind: 'full', has: 2, limit: 2 },
      { kind: 'checking', towards: 'up', streak: 1, of: 3 },
      { kind: 'slow', percent: 40 },
      { kind: 'backup', inUse: true },
      { kind: 'unknown' },
    ]
    for (const standing of told) expect(detailsOf([standing], up, inside)).toMatch(/^[A-Z1].*\.$/)
    expect(told.filter(isAway).map(({ kind }) => kind)).toEqual([
      'failing',
      'ejected',
      'open',
      'draining',
    ])
  })
})

describe('a backup is in use', () => {
  const nodes = new Map([
    ['server:1', { ...inside, backup: true }],
    ['server:2', { ...inside, id: 'server:2', backup: true }],
  ])
  const using = (parts: Parameters<typeof decisionOf>[0], row = up) =>
    isInUse(
      {
        nodes,
        decisions: new Map([
          ['111', decisionOf({ candidates: ['1', '2', '3'], ...parts, policy: '111' })],
        ]),
      },
      row,
    )

  it('if the latest message went to it, or could have gone to it', () => {
    const passedOver = [{ server: '3', why: 'down' }] as const
    expect(using({ server: '1', passedOver })).toBe(true)
    expect(using({ server: '2', passedOver })).toBe(true)
  })

  it('and not while others can be chosen', () => {
    const passedOver = [
      { server: '1', why: 'backup' },
      { server: '2', why: 'backup' },
    ] as const
    expect(using({ server: '3', passedOver })).toBe(false)
    expect(using({ server: '1', passedOver: [] }, { ...up, node: 'server:none' })).toBe(false)
  })
})
