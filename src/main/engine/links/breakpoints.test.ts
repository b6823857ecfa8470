import { beforeEach, describe, expect, it } from 'vitest'
import type { LabEvent } from '../../../shared/events'
import { MAX_BREAKPOINTS } from '../../../shared/limits'
import { composeClientMessage } from '../../../shared/protocol/compose'
import { createManualClock, type ManualClock } from '../clock/manual-clock'
import { createRandom } from '../clock/random'
import { CommandError } from '../commands/command-error'
import { Journal } from '../journal'
import { createMemoryNetwork } from '../net/memory-network'
import { Breakpoints } from './breakpoints'
import { HeldPackets } from './held-packets'
import { Wires } from './inside-connections'
import { Link } from './link'

let clock: ManualClock
let journal: Journal
let breakpoints: Breakpoints
let heldPackets: HeldPackets
let events: LabEvent[]
/** From client 1 to the proxy, and from the proxy to client 1, at latency 0. */
let there: Link
let back: Link

beforeEach(() => {
  clock = createManualClock()
  journal = new Journal(clock)
  breakpoints = new Breakpoints(journal)
  heldPackets = new HeldPackets(journal)
  const network = createMemoryNetwork({ random: createRandom(1) })
  const wires = new Wires(journal)
  const lab = { clock, journal, network, wires, breakpoints, heldPackets, latencyMs: 0 }
  there = new Link(lab, 'client:1', 'proxy', 7)
  back = new Link(lab, 'proxy', 'client:1', 7)
  events = []
  journal.subscribe((event) => events.push(event))
})

const message = composeClientMessage('1', '111', 'xyz')

function ask(): void {
  there.carry({ kind: 0, exchange: 'new', bytes: message, handOver: deliver })
}

function answer(exchange: number): void {
  back.carry({ kind: 2, exchange, bytes: message, handOver: deliver })
}

function deliver(packet: number): void {
  journal.emit({ type: 'packet.delivered', packet })
}

/** What became of breakpoints and holds, in short. */
function story(): string[] {
  return events.flatMap((event) => {
    if (event.type === 'breakpoint.set') {
      const { id, filter, once, enabled } = event.breakpoint
      return [`set ${id} ${filter}${once ? ' once' : ''}${enabled ? '' : ' off'}`]
    }
    if (event.type === 'breakpoint.removed') return [`removed ${event.breakpoint}`]
    if (event.type === 'packet.held') return [`${event.packet} held by ${event.breakpoint}`]
    return event.type === 'packet.delivered' ? [`${event.packet} delivered`] : []
  })
}

describe('breakpoints', () => {
  it('hold what their filter lets through, until they are removed', () => {
    expect(breakpoints.active).toBe(false)
    breakpoints.set({ filter: 'type:0 client:1' })
    expect(breakpoints.active).toBe(true)
    answer(0)
    ask()
    breakpoints.remove(1)
    expect(breakpoints.active).toBe(false)
    ask()
    heldPackets.release(2)
    clock.runUntilIdle()
    expect(story()).toEqual([
      'set 1 type:0 client:1',
      '1 delivered',
      '2 held by 1',
      'removed 1',
      // It waits behind the one that is held.
      '3 held by null',
      '2 delivered',
      '3 delivered',
    ])
  })

  it('that hold one packet are used up by the first that matches', () => {
    breakpoints.set({ filter: 'type:2', once: true })
    ask()
    answer(1)
    expect(breakpoints.active).toBe(false)
    expect(story()).toEqual(['set 1 type:2 once', '1 delivered', 'removed 1', '2 held by 1'])
  })

  it('are changed under their number, and keep what is not said anew', () => {
    breakpoints.set({ filter: 'type:0', once: true })
    breakpoints.set({ id: 1, filter: 'type:2', enabled: false })
    breakpoints.set({ filter: 'type:1' })
    breakpoints.set({ id: 1, filter: 'type:2', enabled: true })
    expect(story()).toEqual([
      'set 1 type:0 once',
      'set 1 type:2 once off',
      'set 2 type:1',
      'set 1 type:2 once',
    ])
    expect([...journal.state.breakpoints.keys()]).toEqual([1, 2])
  })

  it('that are switched off hold nothing', () => {
    breakpoints.set({ filter: 'type:0', enabled: false })
    expect(breakpoints.active).toBe(false)
    ask()
    expect(story()).toEqual(['set 1 type:0 off', '1 delivered'])
  })

  it('know of an answer who asked, and for which policy, however long ago that was', () => {
    ask()
    breakpoints.set({ filter: 'policy:222 type:2' })
    breakpoints.set({ filter: 'policy:111 type:2' })
    ask()
    for (let other = 0; other < 2_000; other++) {
      back.carry({ kind: 2, exchange: 0, bytes: new Uint8Array(1), handOver: deliver })
    }
    expect(journal.state.packets.at(0)).toBeUndefined()
    events.length = 0
    answer(1)
    answer(2)
    expect(story()).toEqual(['2003 held by 2', '2004 held by 2'])
  })

  it('are all removed for a clean slate', () => {
    breakpoints.set({ filter: 'type:0' })
    breakpoints.set({ filter: 'type:1' })
    breakpoints.clear()
    breakpoints.set({ filter: 'type:2' })
    expect(story().slice(2)).toEqual(['removed 1', 'removed 2', 'set 3 type:2'])
  })

  it('cannot be set in nonsense, changed where they are not, or be more than their number', () => {
    expect(() => breakpoints.set({ filter: 'typ:0' })).toThrow(CommandError)
    expect(() => breakpoints.set({ filter: 'typ:0' })).toThrow('Did you mean “type:”?')
    expect(() => breakpoints.set({ id: 4, filter: 'type:0' })).toThrow('There is no breakpoint 4.')
    expect(() => breakpoints.remove(4)).toThrow('There is no breakpoint 4.')
    expect(events).toEqual([])
    for (let count = 0; count < MAX_BREAKPOINTS; count++) breakpoints.set({ filter: 'type:0' })
    expect(() => breakpoints.set({ filter: 'type:0' })).toThrow(
      `There are ${MAX_BREAKPOINTS} breakpoints already`,
    )
    breakpoints.set({ id: 1, filter: 'type:1' })
  })
})

describe('what is asked of a packet that is not held', () => {
  it('is refused, and the answer says where the packet is', () => {
    ask()
    clock.pause()
    ask()
    expect(() => heldPackets.release(1)).toThrow('Packet 1 is not held: it has arrived.')
    expect(() => heldPackets.drop(2)).toThrow('Packet 2 is not held: it is on its way.')
    expect(() => heldPackets.duplicate(3)).toThrow(
      'Packet 3 is not held: no such packet has been sent.',
    )
    there.drop('CLIENT_LEFT')
    expect(() => heldPackets.edit(2, message)).toThrow('Packet 2 is not held: it was lost.')
  })
})

describe('the bytes of a held packet', () => {
  const bytesOf = (text: string) => new TextEncoder().encode(text)

  beforeEach(() => {
    breakpoints.set({ filter: 'type:0' })
    ask()
  })

  it.each([
    ['one message', '{"type":2,"srcid":7,"destid":1,"payloadsize":0,"payload":""}', 2],
    ['a message between white space', ' \n{"type":1,"id":7,"privPolyId":1,"listenport":5000}\n', 1],
    ['something that is no message', 'hello', 'error'],
    ['half a message', '{"type":0,', 'error'],
  ] as const)('may become %s', (_, text, kind) => {
    heldPackets.edit(1, bytesOf(text))
    expect(events.at(-1)).toMatchObject({
      type: 'packet.edited',
      packet: 1,
      kind,
      bytes: bytesOf(text),
    })
    expect(journal.state.packets.at(0)).toMatchObject({ kind, original: message })
  })

  it.each([
    ['', 'nothing in these bytes but white space'],
    [' \n', 'nothing in these bytes but white space'],
    ['{"type":0}{"type":0}', 'These bytes are 2 messages'],
    ['x{"type":0}', 'These bytes are 2 messages'],
  ])('may not become %j', (text, complaint) => {
    const before = events.length
    expect(() => heldPackets.edit(1, bytesOf(text))).toThrow(complaint)
    expect(events.length).toBe(before)
  })
})
