import { describe, expect, it } from 'vitest'
import { packet } from './testing'
import { labelOf, sentenceOf } from './words'

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

  it('of an error is its code', () => {
    const error = { code: 'NO_SERVER_FOR_POLICY', message: 'No server.' }
    const changes = { kind: 'error', bytes: bytes({ ...answer, payload: '', error }) } as const
    expect(labelOf(packet(1, changes))).toBe('NO_SERVER_FOR_POLICY')
  })
})

describe('a sentence', () => {
  it.each([
    [{}, 'arrived after 600 ms.'],
    [{ status: 'flying' }, 'under way.'],
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
})
