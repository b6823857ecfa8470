// A fault that is taken out while packets are on its link: what it keeps gets through, as out of Toxiproxy's toxics.
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { CommandOf } from '../../../../shared/commands'
import { settled } from '../../../../shared/settings/derive'
import { FAULT_SETTINGS } from '../../../../shared/settings/fault'
import { createRandom } from '../../clock/random'
import type { Outgoing } from '../in-transit'
import { Link } from '../link'
import { createLinkLab } from '../testing'

type Wish = Omit<CommandOf<'setFault'>, 'type'>

const towards = { link: 'server:100', direction: 'to-server' } as const

function harmedLink(wishes: readonly Wish[], latencyMs = 0) {
  const lab = createLinkLab({ latencyMs })
  for (const one of wishes) lab.lab.faults.put({ ...towards, ...one })
  const { clock } = lab
  const handed: [packet: number, at: number][] = []
  const ends: string[] = []
  let text = ''
  const link = new Link<Outgoing>(lab.lab, 'proxy', 'server:100', 7, {
    write: (bytes) => {
      text += Buffer.from(bytes).toString()
    },
    handOver: (packet) => handed.push([packet, clock.now()]),
    swallowed: (packet) => ends.push(`swallowed ${packet} at ${clock.now()}`),
    cut: (how) => ends.push(`${how} at ${clock.now()}`),
  })
  return {
    ...lab,
    handed,
    ends,
    text: () => text,
    send: (sent: string) => link.carry({ kind: 0, exchange: 'new', bytes: Buffer.from(sent) }),
    takeOut: (id: number) => {
      lab.lab.faults.remove(id)
      link.faultsChanged()
    },
    change: (wish: Wish) => {
      lab.lab.faults.put(wish)
      link.faultsChanged()
    },
    hastened: () =>
      lab.events.flatMap((event) =>
        event.type === 'packet.hastened'
          ? [[event.packet, event.dueAt, event.harms.map(({ fault, ms }) => `${fault} ${ms}`)]]
          : [],
      ),
  }
}

describe('what a fault keeps gets through when it is taken out', () => {
  it('latency: at once, but for the link’s own latency, and the events say when and what it was', () => {
    const lab = harmedLink([{ fault: 'latency', latencyMs: 5_000 }], 100)
    lab.send('a')
    lab.clock.advance(300)
    lab.send('b')
    lab.clock.advance(200)
    lab.takeOut(1)
    lab.send('c')
    expect(lab.hastened()).toEqual([
      [1, 600, ['latency 500']],
      [2, 600, ['latency 200']],
    ])
    lab.clock.advance(99)
    expect(lab.handed).toEqual([])
    lab.clock.advance(1)
    expect(lab.handed).toEqual([
      [1, 600],
      [2, 600],
      [3, 600],
    ])
    expect(lab.clock.pending).toBe(0)
  })

  it('bandwidth: all that waited, and the next ones do not wait for its rate', () => {
    const lab = harmedLink([{ fault: 'bandwidth', kilobytesPerSecond: 0.001 }])
    for (const text of ['aaaa', 'bbbb', 'cccc']) lab.send(text)
    lab.clock.advance(4_000)
    lab.takeOut(1)
    lab.clock.advance(0)
    expect(lab.handed).toEqual([
      [1, 4_000],
      [2, 4_000],
      [3, 4_000],
    ])
  })

  it('bandwidth behind a latency that is taken out: all is as much earlier, also what comes then', () => {
    const wishes = [
      { fault: 'latency', latencyMs: 1_000 },
      { fault: 'bandwidth', kilobytesPerSecond: 0.01 },
    ] as const
    const lab = harmedLink(wishes)
    lab.send('x'.repeat(10))
    lab.clock.advance(400)
    lab.takeOut(1)
    lab.send('x'.repeat(10))
    lab.clock.advance(10_000)
    expect(lab.handed).toEqual([
      [1, 1_400],
      [2, 2_400],
    ])
  })

  it('slicer: the rest in one piece', () => {
    const lab = harmedLink([{ fault: 'slicer', averageBytes: 1, pauseMs: 100 }])
    lab.send('abcdefgh')
    lab.clock.advance(250)
    expect(lab.text()).toBe('abc')
    lab.takeOut(1)
    expect(lab.hastened()).toEqual([[1, 250, ['slicer 250']]])
    lab.clock.advance(0)
    expect(lab.text()).toBe('abcdefgh')
    expect(lab.handed).toEqual([[1, 250]])
  })

  it('slicer: also of those behind, which have not begun', () => {
    const lab = harmedLink([{ fault: 'slicer', averageBytes: 1, pauseMs: 100 }])
    for (const text of ['abcd', 'efgh']) lab.send(text)
    lab.clock.advance(150)
    lab.takeOut(1)
    lab.clock.advance(0)
    expect(lab.text()).toBe('abcdefgh')
    expect(lab.handed).toEqual([
      [1, 150],
      [2, 150],
    ])
  })

  it('loss: a lost packet still waits for the time to be sent again, and then gets through', () => {
    const lab = harmedLink([{ fault: 'loss', packetPercent: 100 }])
    lab.send('a')
    lab.clock.advance(300)
    lab.takeOut(1)
    lab.clock.advance(60_000)
    // Sent again after 200 ms, and lost again; the next time is 400 ms later.
    expect(lab.handed).toEqual([[1, 600]])
    expect(lab.ends).toEqual([])
  })

  it('timeout: what it has swallowed is gone, and the connection closes; what has not come to it yet never meets it', () => {
    const lab = harmedLink([
      { fault: 'latency', latencyMs: 500 },
      { fault: 'timeout', afterMs: 0 },
    ])
    lab.send('a')
    lab.clock.advance(400)
    lab.takeOut(2)
    lab.clock.advance(1_000)
    expect([lab.handed, lab.ends]).toEqual([[[1, 500]], []])
    const other = harmedLink([{ fault: 'timeout', afterMs: 0 }], 100)
    other.send('a')
    other.clock.advance(50)
    other.takeOut(1)
    other.send('b')
    other.clock.advance(1_000)
    expect(other.handed).toEqual([])
    expect(other.ends[0]).toBe('swallowed 1 at 100')
    expect(other.ends).toContain('close at 100')
  })

  it('changed is taken out and set anew: what it keeps goes, and what comes then meets the new one', () => {
    const lab = harmedLink([{ fault: 'latency', latencyMs: 5_000 }])
    lab.send('a')
    lab.clock.advance(100)
    lab.change({ id: 1, latencyMs: 40 })
    lab.send('b')
    lab.clock.advance(1_000)
    expect(lab.handed).toEqual([
      [1, 100],
      [2, 140],
    ])
  })

  it('a fault of another link concerns nobody here', () => {
    const lab = harmedLink([
      { fault: 'latency', latencyMs: 500 },
      { fault: 'latency', link: 'client:1' },
    ])
    lab.send('a')
    lab.takeOut(2)
    expect(lab.hastened()).toEqual([])
    lab.clock.advance(1_000)
    expect(lab.handed).toEqual([[1, 500]])
  })
})

/** Those that lose no byte, as Toxiproxy's test of its toxics that are added and removed while bytes flow. */
const LOSSLESS = [
  ...(['latency', 'bandwidth', 'slicer', 'loss', 'corruption'] as const),
  ...(['duplication', 'reordering', 'slow-close'] as const),
]

it('faults come and go while bytes flow: none is lost, doubled or out of order, and without faults none is late', () => {
  fc.assert(
    fc.property(fc.integer(), (seed) => {
      const random = createRandom(seed)
      const draw = <T>(from: readonly T[]): T => from[random.integer(from.length)] as T
      const lab = harmedLink([], draw([0, 30]))
      const ids = new Set<number>()
      let sent = ''
      for (let turn = 0; turn < 60; turn++) {
        const known = [...ids]
        const deed = random.integer(6)
        if (deed < 3) {
          const text = `<${turn}${'x'.repeat(random.integer(30))}>`
          sent += text
          lab.send(text)
        } else if (deed === 3 && known.length > 0) {
          const id = draw(known)
          ids.delete(id)
          lab.takeOut(id)
        } else if (deed === 4) {
          lab.change({
            ...(known.length > 3 && { id: draw(known) }),
            ...towards,
            ...settled(FAULT_SETTINGS, {
              ...towards,
              fault: draw(LOSSLESS),
              latencyMs: draw([0, 100, 3_000]),
              jitterMs: draw([0, 50]),
              kilobytesPerSecond: draw([0.01, 1]),
              averageBytes: draw([1, 5]),
              pauseMs: draw([0, 7]),
              packetPercent: draw([20, 70]),
            }),
          })
          for (const { id } of lab.lab.faults.inOrder) ids.add(id)
        }
        lab.clock.advance(draw([0, 5, 60, 700]))
      }
      for (const id of ids) lab.takeOut(id)
      // The longest that a packet may still be on its way: its next retransmission.
      lab.clock.advance(30 + 120_000)
      expect(lab.text()).toBe(sent)
      expect(lab.handed.map(([packet]) => packet)).toEqual(lab.handed.map((_, index) => index + 1))
      expect(lab.ends).toEqual([])
      expect(lab.clock.pending).toBe(0)
    }),
    { numRuns: 200 },
  )
})
