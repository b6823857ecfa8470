import fc from 'fast-check'
import { expect, it } from 'vitest'
import { testPacket, testState } from '../lab/testing'
import { copyText } from './copy-text'

const PACKETS = [
  testPacket(1, { verdict: 'wrong', sentAt: 1.23456 }),
  testPacket(2, {
    exchange: 0,
    kind: 'error',
    bytes: new TextEncoder().encode('GET /\t1.1\r\n'),
    status: 'dropped',
    dropped: 'CLIENT_LEFT',
  }),
  testPacket(3, { bytes: Uint8Array.of(0xff, 0x00), status: 'flying', endedAt: undefined }),
]
const source = testState(PACKETS)

it('copies as JSON what each packet is, with its message as an object where it is one', () => {
  const copied: unknown = JSON.parse(copyText('json', source, PACKETS, []) ?? '')
  expect(copied).toEqual([
    {
      packet: 1,
      exchange: 1,
      type: 0,
      from: 'client:1',
      to: 'proxy',
      connection: 1,
      status: 'arrived',
      sentAtMs: 1.235,
      endedAtMs: 610,
      hash: 'wrong',
      size: PACKETS[0]?.bytes.length,
      message: { type: 0, srcid: 1, privPoliId: 111, payloadsize: 4, payload: 'xyz1' },
    },
    expect.objectContaining({
      exchange: null,
      lostBecause: 'CLIENT_LEFT',
      text: 'GET /\t1.1\r\n',
    }),
    expect.objectContaining({ endedAtMs: null, hex: 'ff 00' }),
  ])
})

it('copies as a table the columns that are shown, a row a line', () => {
  expect(
    copyText('table', source, PACKETS, ['number', 'from', 'payload', 'link', 'roundTrip']),
  ).toBe(
    [
      '#\tFrom\tPayload\tLink\tRound trip',
      '1\tclient 1\t"xyz1"\t609 ms\t',
      '2\tclient 2\tThese bytes are an HTTP request. This port is no web server: open a plain TCP socket and send one JSON object.\tlost\t',
      '3\tclient 0\tThe bytes are not JSON: a message starts with {; found ff at byte 0. Use json.dumps in Python, JSON.stringify in JavaScript.\tin flight\t',
      '',
    ].join('\n'),
  )
})

it('keeps the table’s shape whatever is in a payload', () => {
  const columns = ['from', 'payload', 'type'] as const
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), (from) => {
      const packet = testPacket(1, { from: `outside:client:${from}` })
      const lines = (copyText('table', source, [packet], columns) ?? '').split('\n')
      expect(lines.map((line) => line.split('\t').length)).toEqual([3, 3, 1])
    }),
  )
})

it('copies bytes as hex, a packet a line', () => {
  expect(copyText('bytes', source, PACKETS.slice(1), [])).toBe(
    '47 45 54 20 2f 09 31 2e 31 0d 0a\nff 00\n',
  )
})

it('copies nothing that is longer than can be pasted', () => {
  expect(copyText('bytes', source, PACKETS.slice(1), [], 38)).toBeUndefined()
  expect(copyText('bytes', source, PACKETS.slice(1), [], 39)?.length).toBe(39)
})
