// What each fault does to the packets of a link, in its numbers.
import { describe, expect, it } from 'vitest'
import type { CommandOf } from '../../../../shared/commands'
import { harmWords } from '../../../../shared/fault-words'
import type { Outgoing } from '../in-transit'
import { Link } from '../link'
import type { LinkOwner } from '../link-owner'
import { createLinkLab, type HandedOver, type LinkLab } from '../testing'
import { stallMs } from './retransmission'

type Wish = Omit<CommandOf<'setFault'>, 'type'>

/** A link to server 100 that records which bytes leave it and when. */
function harmedLink(wish: Wish | readonly Wish[], latencyMs = 0) {
  const lab = createLinkLab({ latencyMs })
  for (const one of [wish].flat()) lab.lab.faults.put({ link: 'server:100', ...one })
  const { clock } = lab
  const wrote: [text: string, at: number][] = []
  const handed: [packet: number, at: number][] = []
  const ends: string[] = []
  const owner: LinkOwner<Outgoing> = {
    write: (bytes) => wrote.push([Buffer.from(bytes).toString(), clock.now()]),
    handOver: (packet) => handed.push([packet, clock.now()]),
    swallowed: (packet) => ends.push(`swallowed ${packet} at ${clock.now()}`),
    cut: (how, _packet, _exchange, bytes) =>
      ends.push(`${how} after “${Buffer.from(bytes).toString()}” at ${clock.now()}`),
  }
  const link = new Link(lab.lab, 'proxy', 'server:100', 7, owner)
  const send = (text: string) => link.carry({ kind: 0, exchange: 'new', bytes: Buffer.from(text) })
  return { ...lab, link, send, wrote, handed, ends }
}

function harmsIn({ events }: LinkLab) {
  return events.flatMap((event) => (event.type === 'packet.harmed' ? event.harms : []))
}

const towards = { direction: 'to-server' } as const

describe('latency', () => {
  it('counts from the arrival of each packet, on top of the link’s own latency', () => {
    const lab = harmedLink({ ...towards, fault: 'latency', latencyMs: 200 }, 600)
    lab.send('a')
    lab.clock.advance(50)
    lab.send('b')
    lab.clock.advance(10_000)
    expect(lab.handed).toEqual([
      [1, 800],
      [2, 850],
    ])
  })

  it('varies by the jitter, never overtakes, and is the same with the same seed', () => {
    const times = () => {
      const lab = harmedLink({ ...towards, fault: 'latency', latencyMs: 200, jitterMs: 50 })
      for (let packet = 0; packet < 200; packet++) {
        lab.send('x')
        lab.clock.advance(100)
      }
      lab.clock.advance(1_000)
      return lab.handed.map(([, at], index) => at - 100 * index)
    }
    const one = times()
    expect(one).toHaveLength(200)
    expect(Math.min(...one)).toBeGreaterThanOrEqual(150)
    expect(Math.max(...one)).toBeLessThan(250)
    expect(Math.max(...one) - Math.min(...one)).toBeGreaterThan(80)
    expect(times()).toEqual(one)
  })

  it('harms neither the other direction nor another link', () => {
    const lab = harmedLink([
      { direction: 'to-client', fault: 'latency' },
      { ...towards, link: 'server:101', fault: 'latency' },
    ])
    lab.send('a')
    expect(lab.handed).toEqual([[1, 0]])
  })

  it('stands still while the lab is paused', () => {
    const lab = harmedLink({ ...towards, fault: 'latency', latencyMs: 200 })
    lab.send('a')
    lab.clock.pause()
    expect(lab.clock.pending).toBe(1)
    expect(lab.handed).toEqual([])
  })
})

it('bandwidth takes the length over the rate, one packet after another', () => {
  const lab = harmedLink({ ...towards, fault: 'bandwidth', kilobytesPerSecond: 0.1 })
  lab.send('x'.repeat(10))
  lab.send('x'.repeat(20))
  lab.clock.advance(10_000)
  expect(lab.handed).toEqual([
    [1, 100],
    [2, 300],
  ])
})

it('a slow close delays the end alone', () => {
  const lab = harmedLink({ ...towards, fault: 'slow-close', afterMs: 700 })
  lab.send('a')
  expect(lab.handed).toEqual([[1, 0]])
  expect(lab.link.endFate('proxy', 'server:100')).toEqual({ laterMs: 700, byReset: false })
  expect(lab.link.endFate('server:100', 'proxy')).toEqual({ laterMs: 0, byReset: false })
})

describe('timeout', () => {
  it('swallows everything and closes after a silence, which each packet begins anew', () => {
    const lab = harmedLink({ ...towards, fault: 'timeout', afterMs: 500 })
    lab.send('a')
    lab.clock.advance(300)
    lab.send('b')
    lab.clock.advance(5_000)
    expect(lab.ends).toEqual(['swallowed 1 at 0', 'swallowed 2 at 300', 'close after “” at 800'])
  })

  it('closes when it is taken out: no byte follows on one that is missing', () => {
    const lab = harmedLink({ ...towards, fault: 'timeout', afterMs: 0 })
    lab.send('a')
    lab.clock.advance(60_000)
    expect(lab.ends).toEqual(['swallowed 1 at 0'])
    lab.lab.faults.remove(1)
    lab.link.faultsChanged()
    lab.send('b')
    lab.clock.advance(0)
    expect(lab.ends).toEqual([
      'swallowed 1 at 0',
      'close after “” at 60000',
      'swallowed 2 at 60000',
    ])
    expect(lab.wrote).toEqual([])
  })
})

it('a reset comes so long after the first bytes', () => {
  const lab = harmedLink({ ...towards, fault: 'reset-peer', afterMs: 40 })
  lab.send('a')
  lab.clock.advance(1_000)
  expect(lab.ends).toEqual(['swallowed 1 at 40', 'reset after “” at 40'])
})

it('a stream without any bytes is reset at its end', () => {
  const lab = harmedLink({ ...towards, fault: 'reset-peer', afterMs: 40 })
  expect(lab.link.endFate('proxy', 'server:100')).toEqual({ laterMs: 40, byReset: true })
})

it('the slicer changes no byte, and pauses between slices', () => {
  const lab = harmedLink({ ...towards, fault: 'slicer', averageBytes: 3, pauseMs: 10 }, 600)
  lab.send('abcdefgh')
  lab.send('ijkl')
  lab.clock.advance(10_000)
  expect(lab.wrote).toEqual([
    ['ab', 600],
    ['cd', 610],
    ['ef', 620],
    ['gh', 630],
    ['ij', 630],
    ['kl', 640],
  ])
  expect(harmsIn(lab).map(harmWords)[0]).toContain('4 pieces')
})

it('a data limit lets so many bytes through, in the middle of a message, and closes', () => {
  const lab = harmedLink({ ...towards, fault: 'limit-data', limitBytes: 5 })
  lab.send('abc')
  lab.send('defg')
  lab.send('h')
  lab.clock.advance(0)
  expect(lab.wrote).toEqual([['abc', 0]])
  expect(lab.ends).toEqual(['swallowed 2 at 0', 'close after “de” at 0', 'swallowed 3 at 0'])
})

it('a data limit closes behind a message that just fits', () => {
  const lab = harmedLink({ ...towards, fault: 'limit-data', limitBytes: 5 })
  lab.send('abc')
  lab.send('de')
  lab.send('f')
  lab.clock.advance(0)
  expect(lab.wrote.map(([text]) => text)).toEqual(['abc', 'de'])
  expect(lab.handed.map(([packet]) => packet)).toEqual([1, 2])
  expect(lab.ends).toEqual(['close after “” at 0', 'swallowed 3 at 0'])
  expect(harmsIn(lab).map(harmWords)).toEqual([
    'The link lets 2 bytes of it through, and closes the connection.',
    'The link lets 0 bytes of it through, and closes the connection.',
  ])
})

describe('what TCP makes of what happens to its packets', () => {
  it('stalls for 200 ms, doubling, up to two minutes', () => {
    expect([1, 2, 3, 4].map(stallMs)).toEqual([200, 600, 1_400, 3_000])
    expect(stallMs(15) / 60_000).toBeGreaterThan(12)
    expect(stallMs(15) / 60_000).toBeLessThan(18)
  })

  it.each(['loss', 'corruption', 'duplication', 'reordering'] as const)(
    '%s never loses, changes, doubles or swaps a message',
    (fault) => {
      const lab = harmedLink({ ...towards, fault, packetPercent: 40 }, 5)
      const texts = Array.from({ length: 300 }, (_, index) => `message ${index}`)
      for (const text of texts) {
        lab.send(text)
        lab.clock.advance(7)
      }
      lab.clock.advance(1e7)
      expect(lab.wrote.map(([text]) => text)).toEqual(texts)
      const share = harmsIn(lab).length / texts.length
      expect(Math.abs(share - 0.4)).toBeLessThan(0.12)
    },
  )

  it('lets everything behind a lost packet wait for it', () => {
    const lab = harmedLink({ ...towards, fault: 'loss', packetPercent: 50 })
    for (let packet = 0; packet < 40; packet++) lab.send('x')
    lab.clock.advance(1e6)
    const stalls = harmsIn(lab).map(({ ms }) => ms)
    const possible = [1, 2, 3, 4, 5, 6, 7, 8].map(stallMs)
    expect(stalls.filter((ms) => !possible.includes(ms))).toEqual([])
    const most = Math.max(...stalls)
    expect(lab.handed.at(-1)).toEqual([40, most])
  })

  it('gives up after fifteen tries', () => {
    const lab = harmedLink({ ...towards, fault: 'loss', packetPercent: 100 })
    lab.send('a')
    lab.clock.advance(1e7)
    expect(lab.ends.at(-1)).toContain('reset')
  })
})

it('meets so many connections as its probability says, each for good', () => {
  const lab = createLinkLab()
  lab.lab.faults.put({ link: 'server:100', ...towards, fault: 'latency', probability: 0.3 })
  const handed: HandedOver[] = []
  let harmed = 0
  for (let connection = 1; connection <= 1_000; connection++) {
    const link = new Link(lab.lab, 'proxy', 'server:100', connection, {
      handOver: (packet, exchange, bytes, _outgoing, isCopy) =>
        handed.push({ packet, exchange, bytes, at: lab.clock.now(), isCopy }),
    })
    const before = handed.length
    for (let packet = 0; packet < 3; packet++) {
      link.carry({ kind: 0, exchange: 'new', bytes: Uint8Array.of(1) })
    }
    const atOnce = handed.length - before
    expect([0, 3]).toContain(atOnce)
    if (atOnce === 0) harmed++
  }
  // 300 on average, within four standard deviations.
  expect(Math.abs(harmed - 300)).toBeLessThan(58)
})

it('is taken out while bytes flow, and none is lost', () => {
  for (const fault of ['latency', 'bandwidth', 'slicer', 'loss', 'reordering'] as const) {
    const lab = harmedLink({ ...towards, fault, packetPercent: 50, averageBytes: 2 }, 10)
    let sent = ''
    for (let packet = 0; packet < 60; packet++) {
      if (packet === 30) lab.lab.faults.remove(1)
      lab.send(`<${packet}>`)
      sent += `<${packet}>`
      lab.clock.advance(3)
    }
    lab.clock.advance(1e6)
    expect(lab.wrote.map(([text]) => text).join('')).toBe(sent)
  }
})
