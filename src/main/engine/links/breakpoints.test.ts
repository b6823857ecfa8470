import { beforeEach, describe, expect, it } from 'vitest'
import { MAX_BREAKPOINTS } from '../../../shared/limits'
import { composeClientMessage } from '../../../shared/protocol/compose'
import { CommandError } from '../command-error'
import type { Breakpoints } from './breakpoints'
import type { HeldPackets } from './held-packets'
import type { Link } from './link'
import { createLinkLab, type HandedOver, type LinkLab, recordLink } from './testing'

let setting: LinkLab
let breakpoints: Breakpoints
let heldPackets: HeldPackets
/** From client 1 to the proxy, and from the proxy to client 1, at latency 0. */
let there: Link
let back: Link

beforeEach(() => {
  setting = createLinkLab()
  ;({ breakpoints, heldPackets } = setting.lab)
  const { journal } = setting.lab
  const deliver = ({ packet }: HandedOver) => journal.emit({ type: 'packet.delivered', packet })
  there = recordLink(setting, {}, deliver).link
  back = recordLink(setting, { from: 'proxy', to: 'client:1' }, deliver).link
})

const message = composeClientMessage('1', '111', 'xyz')

function ask(): void {
  there.carry({ kind: 0, exchange: 'new', bytes: message })
}

function answer(exchange: number): void {
  back.carry({ kind: 2, exchange, bytes: message })
}

/** What became of breakpoints and holds, in short. */
function story(): string[] {
  return setting.events.flatMap((event) => {
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
    setting.clock.runUntilIdle()
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
    expect([...setting.lab.journal.state.breakpoints.keys()]).toEqual([1, 2])
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
      back.carry({ kind: 2, exchange: 0, bytes: new Uint8Array(1) })
    }
    expect(setting.lab.journal.state.packets.at(0)).toBeUndefined()
    setting.events.length = 0
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
    expect(setting.events).toEqual([])
    for (let count = 0; count < MAX_BREAKPOINTS; count++) breakpoints.set({ filter: 'type:0' })
    expect(() => breakpoints.set({ filter: 'type:0' })).toThrow(
      `There are ${MAX_BREAKPOINTS} breakpoints already`,
    )
    breakpoints.set({ id: 1, filter: 'type:1' })
  })
})
