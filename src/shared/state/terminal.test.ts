import { describe, expect, it } from 'vitest'
import type { Node } from '../events'
import { TERMINAL_LINES } from '../limits'
import {
  composeAnswer,
  composeClientMessage,
  composeErrorAnswer,
  composeRegistration,
} from '../protocol/compose'
import { fault } from '../protocol/errors'
import { PagedList } from './paged-list'
import { sentPacket } from './sent-packet'
import type { LogLine, Packet } from './state'
import { describeLine, terminalOf } from './terminal'

const CLIENT: Node = { id: 'client:1', role: 'client', origin: 'inside', protocolId: '1' }
const SERVER: Node = { id: 'server:100', role: 'server', origin: 'inside', protocolId: '100' }
const PROXY: Node = { id: 'proxy', role: 'proxy', origin: 'inside' }

const bytesOf = (text: string) => new TextEncoder().encode(text)
const question = composeClientMessage('1', '111', 'xyz1')
const registration = composeRegistration('100', '111', 2_105)
const answer = composeAnswer('100', '1', 'abc')
const refusal = composeErrorAnswer(1, fault('NO_SERVER_FOR_POLICY', 'Nobody serves 999.'))

const PACKET = sentPacket({
  id: 1,
  exchange: 1,
  kind: 0,
  from: 'proxy',
  to: 'outside:server:7',
  connection: 1,
  bytes: question,
  sentAt: 0,
  dueAt: 600,
})

function describePacket(
  kind: 'sent' | 'received' | 'lost',
  node: Node,
  bytes: Uint8Array,
  also: Partial<Packet> = {},
): string {
  return describeLine({ key: '', at: 0, kind, packet: { ...PACKET, bytes, ...also } }, node)
}

describe('a line of a terminal', () => {
  it.each([
    [
      'sent',
      CLIENT,
      question,
      'Sending a data message to the proxy privacy policy 111 payload: xyz1',
    ],
    [
      'received',
      PROXY,
      question,
      'Received a data message from client 1 privacy policy 111 payload: xyz1',
    ],
    [
      'sent',
      PROXY,
      question,
      'Forwarding the data message of client 1 to server 7 privacy policy 111 payload: xyz1',
    ],
    [
      'received',
      SERVER,
      question,
      'Received a data message from client 1 privacy policy 111 payload: xyz1',
    ],
    [
      'sent',
      SERVER,
      registration,
      'Registering with the proxy as server 100 privacy policy 111 listening on port 2105',
    ],
    [
      'received',
      PROXY,
      registration,
      'Received a registration from server 100 privacy policy 111 listening on port 2105',
    ],
    ['sent', SERVER, answer, 'Sending the hash to client 1: abc'],
    ['received', PROXY, answer, 'Received a hash from server 100 for client 1: abc'],
    ['sent', PROXY, answer, 'Forwarding the hash of server 100 to client 1: abc'],
    ['received', CLIENT, answer, 'Received a hash from server 100: abc'],
    [
      'sent',
      PROXY,
      refusal,
      'Answering an error to client 1: NO_SERVER_FOR_POLICY: Nobody serves 999.',
    ],
    ['received', CLIENT, refusal, 'Received an error: NO_SERVER_FOR_POLICY: Nobody serves 999.'],
    [
      'received',
      PROXY,
      bytesOf('GET / HTTP/1.1'),
      'Received 14 bytes that are no message: GET / HTTP/1.1',
    ],
    ['sent', CLIENT, bytesOf('{"type":9}'), 'Sent 10 bytes that are no message: {"type":9}'],
  ] as const)('%s, at %o', (kind, node, bytes, words) => {
    expect(describePacket(kind, node, bytes)).toBe(words)
  })

  it('tells of an edited packet what was sent to its sender, and what came to its receiver', () => {
    const original = composeClientMessage('1', '111', 'before')
    const edited = composeClientMessage('1', '111', 'after')
    expect(describePacket('sent', CLIENT, edited, { original })).toMatch(/payload: before$/)
    expect(describePacket('received', PROXY, edited, { original })).toMatch(/payload: after$/)
  })

  it('says of a copy made by hand that it is one, and not that the program sent it', () => {
    const copy = { copyOf: 3 }
    expect(describePacket('sent', CLIENT, question, copy)).toBe('Packet 3 was sent again by hand')
    expect(describePacket('received', PROXY, question, copy)).toMatch(/^Received a data message/)
  })

  it('says why a packet was lost', () => {
    expect(
      describePacket('lost', PROXY, answer, { status: 'dropped', dropped: 'CLIENT_LEFT' }),
    ).toBe('Lost: The client left before its answer came.')
    expect(describePacket('lost', PROXY, answer)).toBe('Lost: the packet did not arrive.')
  })

  it('cuts what is long, and says so', () => {
    const long = composeClientMessage('1', '111', 'x'.repeat(1_000))
    const words = describePacket('sent', CLIENT, long)
    expect(words.endsWith('x… (1000 characters)')).toBe(true)
    expect(words.length).toBeLessThan(300)
    const garbage = describePacket('received', PROXY, bytesOf('#'.repeat(5_000)))
    expect(garbage.startsWith('Received 5000 bytes that are no message: ###')).toBe(true)
    expect(garbage.length).toBeLessThan(300)
  })

  it.each([
    ['correct', 'Hash of payload is correct'],
    ['wrong', 'Hash of payload is WRONG'],
    ['error', 'No hash to check: the answer is an error'],
  ] as const)('gives the verdict %s', (verdict, words) => {
    expect(describeLine({ key: '', at: 0, kind: 'verified', verdict }, CLIENT)).toBe(words)
  })

  it('gives a log line as it is', () => {
    const line = { key: '', at: 0, kind: 'log', level: 'info', text: 'Listening' } as const
    expect(describeLine(line, PROXY)).toBe('Listening')
  })
})

describe('a terminal', () => {
  /** What there is to see for `node`, as moment and kind. */
  function look(node: string, packets: Partial<Packet>[], logs: LogLine[] = []) {
    const list = PagedList.empty<Packet>().edit()
    for (const packet of packets) list.push({ ...PACKET, id: list.length + 1, ...packet })
    const terminal = terminalOf({ packets: list.done(), logs: new Map([[node, logs]]) }, node)
    return { ...terminal, lines: terminal.lines.map(({ kind, at }) => `${at} ${kind}`) }
  }

  it('has what the node logged, sent, received, lost and checked, in order of time', () => {
    const packets: Partial<Packet>[] = [
      { from: 'client:1', to: 'proxy', sentAt: 0, endedAt: 600, status: 'delivered' },
      { from: 'server:1', to: 'proxy', sentAt: 1, endedAt: 601, status: 'delivered' },
      {
        from: 'proxy',
        to: 'client:1',
        sentAt: 700,
        endedAt: 1300,
        status: 'delivered',
        verdict: 'correct',
      },
      { from: 'client:1', to: 'proxy', sentAt: 800, endedAt: 900, status: 'dropped' },
      { from: 'client:1', to: 'proxy', sentAt: 1000 },
      { from: 'proxy', to: 'client:1', sentAt: 1000 },
    ]
    const logs: LogLine[] = [{ at: 850, level: 'info', text: 'x' }]
    expect(look('client:1', packets, logs)).toEqual({
      lines: [
        '0 sent',
        '800 sent',
        '850 log',
        '900 lost',
        '1000 sent',
        '1300 received',
        '1300 verified',
      ],
      cut: false,
    })
  })

  it('has the last TERMINAL_LINES lines, and says that there were others', () => {
    const packets = Array.from({ length: TERMINAL_LINES + 50 }, (_, index) => ({ sentAt: index }))
    const { lines, cut } = look('proxy', packets)
    expect([lines.length, lines[0], lines.at(-1)]).toEqual([
      TERMINAL_LINES,
      '50 sent',
      `${TERMINAL_LINES + 49} sent`,
    ])
    expect(cut).toBe(true)
  })

  it('has keys that tell its lines apart', () => {
    const packet = { ...PACKET, status: 'delivered', endedAt: 5, verdict: 'wrong' } as const
    const list = PagedList.empty<Packet>().edit()
    list.push({ ...packet, id: 1, from: 'client:1', to: 'proxy' })
    list.push({ ...packet, id: 2, from: 'proxy', to: 'client:1' })
    const log: LogLine = { at: 5, level: 'info', text: 'same' }
    const state = { packets: list.done(), logs: new Map([['client:1', [log, log]]]) }
    const keys = terminalOf(state, 'client:1').lines.map(({ key }) => key)
    expect(keys.length).toBe(5)
    expect(new Set(keys).size).toBe(5)
  })
})
