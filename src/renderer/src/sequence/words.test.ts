import { describe, expect, it } from 'vitest'
import { decisionOf } from '../../../shared/decision/testing'
import { packet } from './testing'
import { exchangeTitle, headOf, labelOf, laterAttempts, sentenceOf } from './words'

const utf8 = new TextEncoder()
const bytes = (message: object) => utf8.encode(JSON.stringify(message))
const state = { nodes: new Map() }
const answer = { type: 2, srcid: 100, destid: 1, payloadsize: 40 }

describe('a label', () => {
  it.each([
    ['a message', {}, '“xyz1”'],
    [
      'a long message',
      { bytes: bytes({ type: 0, srcid: 1, privPoliId: 1, payload: 'x'.repeat(99) }) },
      '“xxxxxxxxxxxxx…”',
    ],
    [
      'a registration',
      { kind: 1, bytes: bytes({ type: 1, id: 100, privPolyId: 111, listenport: 5000 }) },
      'policy 111',
    ],
    [
      'a hash',
      { kind: 2, bytes: bytes({ ...answer, payload: 'a1b2c3'.padEnd(40, '0') }) },
      'a1b2c3…',
    ],
    ['what is no hash', { kind: 2, bytes: bytes({ ...answer, payload: 'hello' }) }, 'hello'],
    ['what is no message', { kind: 'error', bytes: utf8.encode('GET /') }, 'no message'],
    ['a lost message', { status: 'dropped' }, '“xyz1” · lost'],
    [
      'a held message',
      { status: 'flying', held: { breakpoint: 1, behind: null } },
      '“xyz1” · held',
    ],
  ] as const)('of %s', (_what, changes, label) => {
    expect(labelOf(packet(1, changes))).toBe(label)
  })

  it('of a forwarded message says which attempt it is after the first', () => {
    const question = packet(1, { decision: decisionOf({ attempt: 2 }) })
    const forwarded = packet(2, { exchange: 1, from: 'proxy', to: 'server:300' })
    const attempts = laterAttempts([question, forwarded, packet(3, { exchange: 3 })])
    expect([...attempts]).toEqual([[2, 2]])
    expect(labelOf(forwarded, 2)).toBe('“xyz2” · attempt 2')
    expect(sentenceOf(forwarded, state, { attempt: 2 })).toMatch(
      /: the proxy to server 300, attempt 2, sent at/,
    )
    expect(laterAttempts([packet(1, { decision: decisionOf() }), forwarded]).size).toBe(0)
  })

  it('of an error is its code', () => {
    const error = { code: 'NO_SERVER_FOR_POLICY', message: 'No server.' }
    const changes = { kind: 'error', bytes: bytes({ ...answer, payload: '', error }) } as const
    expect(labelOf(packet(1, changes))).toBe('NO_SERVER_FOR_POLICY')
  })
})

describe('a sentence', () => {
  it.each([
    [{}, 'arrived after 600 ms.'],
    [{ status: 'flying' }, 'in flight.'],
    [{ status: 'dropped' }, 'lost after 600 ms. The client left before its answer came.'],
    [
      { status: 'flying', heldAt: 1300, held: { breakpoint: 1, behind: null } },
      'held since 1.300.',
    ],
  ] as const)('says whose it is, and what became of it: %o', (changes, fate) => {
    expect(sentenceOf(packet(1, changes), state)).toBe(
      `Packet 1, client message “xyz1”: client 1 to the proxy, sent at 1.000, ${fate}`,
    )
  })

  it('says of a copy what it is a copy of', () => {
    expect(sentenceOf(packet(2, { copyOf: 1 }), state)).toContain(
      'client 1 to the proxy, a copy of packet 1, made by hand, sent at 2.000, arrived',
    )
  })
})

it('has the role above the id in a head, which keeps its end where there is little room', () => {
  expect(headOf('Outside client 79', 20)).toEqual({ role: 'Outside client', name: '79' })
  expect(headOf('Outside client 79', 7)).toEqual({ role: 'Outside', name: '79' })
  expect(headOf('Client weather-station-12', 8)).toEqual({ role: 'Client', name: 'weat…-12' })
  expect(headOf('Proxy', 7)).toEqual({ role: undefined, name: 'Proxy' })
  expect(headOf('Unknown program', 7)).toEqual({ role: 'Unknown', name: 'program' })
})

it('titles the diagram of an exchange, and of a packet without one', () => {
  expect(exchangeTitle(12, 13, 'client 1')).toBe('Exchange 12, of client 1')
  expect(exchangeTitle(0, 5, 'server 100')).toBe('Packet 5, of server 100')
})
