// How a capture reports faults on links.
import { expect, it } from 'vitest'
import type { EventBody, LabEvent } from '../events'
import { PcapngWriter } from './pcapng'
import { readCapture } from './testing'

const EPOCH = 1_795_500_000_000

function framesOf(bodies: readonly EventBody[]) {
  const writer = new PcapngWriter({ app: '' })
  const events = bodies.map((body, index): LabEvent => ({ seq: index + 1, at: index, ...body }))
  for (const event of events) writer.add(event, EPOCH + event.at)
  writer.finish()
  return readCapture(writer.take()).frames
}

function opened(from: string): EventBody {
  return {
    type: 'connection.opened',
    connection: 1,
    from,
    to: 'proxy',
    fromPort: 40_001,
    toPort: 2100,
    fromAddress: '127.0.0.1',
    toAddress: '127.0.0.1',
  }
}

function sent(packet: number, from: string, text: string): EventBody {
  return {
    type: 'packet.sent',
    packet,
    exchange: packet,
    kind: 0,
    from,
    to: 'proxy',
    connection: 1,
    dueAt: 0,
    bytes: new TextEncoder().encode(text),
    copyOf: null,
  }
}

it('says in a packet’s comment what a fault did to it, and has the bytes that got through', () => {
  const frames = framesOf([
    opened('client:1'),
    sent(1, 'client:1', 'stalled'),
    { type: 'packet.harmed', packet: 1, harms: [{ fault: 'loss', ms: 600, count: 2 }] },
    { type: 'packet.delivered', packet: 1 },
    sent(2, 'client:1', 'half a message'),
    { type: 'packet.harmed', packet: 2, harms: [{ fault: 'limit-data', ms: 0, count: 4 }] },
    { type: 'packet.dropped', packet: 2, reason: 'LOST_ON_LINK' },
    sent(3, 'client:1', 'nothing of it'),
    { type: 'packet.harmed', packet: 3, harms: [{ fault: 'down', ms: 0, count: 0 }] },
    { type: 'packet.dropped', packet: 3, reason: 'LOST_ON_LINK' },
    { type: 'connection.closed', connection: 1, node: 'client:1' },
  ])
  const data = frames.filter(({ payload }) => payload.length > 0)
  expect(data.map(({ comment, payload }) => [new TextDecoder().decode(payload), comment])).toEqual([
    [
      'stalled',
      'packet 1: message of client 1 to the proxy. Lost twice on its link: TCP sends it again, 600 ms later, and everything behind it waits.',
    ],
    [
      'half',
      'packet 2: message of client 1 to the proxy. The link lets 4 bytes of it through, and closes the connection.',
    ],
  ])
  const [end] = frames.filter(({ fin }) => fin)
  expect(end?.comment).toMatch(
    /\nNo byte of this has crossed: packet 3: message of client 1 to the proxy\. The link is down: it never arrives\.$/,
  )
})

it('says it of an outside program’s message in pieces, too, which crosses before its link harms it', () => {
  const frames = framesOf([
    opened('outside:client:7'),
    sent(1, 'outside:client:7', 'hello'),
    { type: 'packet.harmed', packet: 1, harms: [{ fault: 'latency', ms: 40, count: 1 }] },
    {
      type: 'packet.read',
      packet: 1,
      pieces: [
        { bytes: 2, of: 2, at: 0 },
        { bytes: 3, of: 3, at: 1 },
      ],
    },
  ])
  const comments = frames.map(({ comment }) => comment).filter((comment) => !/^Made/.test(comment))
  expect(comments).toEqual([
    'packet 1: message of outside client 7 to the proxy, piece 1 of 2. The link’s latency fault makes it 40 ms later.',
    'packet 1: message of outside client 7 to the proxy, piece 2 of 2. The link’s latency fault makes it 40 ms later.',
  ])
})
