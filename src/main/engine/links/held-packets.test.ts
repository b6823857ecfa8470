import { beforeEach, describe, expect, it } from 'vitest'
import { PACKET_HISTORY } from '../../../shared/limits'
import { composeClientMessage } from '../../../shared/protocol/compose'
import type { Breakpoints } from './breakpoints'
import type { HeldPackets } from './held-packets'
import type { Link } from './link'
import { createLinkLab, type LinkLab, type RecordedLink, recordLink } from './testing'

let setting: LinkLab
let breakpoints: Breakpoints
let heldPackets: HeldPackets
let link: Link
let carry: RecordedLink['carry']

beforeEach(() => {
  setting = createLinkLab()
  ;({ breakpoints, heldPackets } = setting.lab)
  const { journal } = setting.lab
  ;({ link, carry } = recordLink(setting, {}, ({ packet }) => {
    journal.emit({ type: 'packet.delivered', packet })
  }))
})

const message = composeClientMessage('1', '111', 'xyz')

describe('what is asked of a packet that is not held', () => {
  it('is refused, and the answer says where the packet is', () => {
    carry(1)
    setting.clock.pause()
    carry(1)
    expect(() => heldPackets.release(1)).toThrow('Packet 1 is not held: it has arrived.')
    expect(() => heldPackets.drop(2)).toThrow('Packet 2 is not held: it is on its way.')
    expect(() => heldPackets.duplicate(3)).toThrow(
      'Packet 3 is not held: no such packet has been sent.',
    )
    link.drop('CLIENT_LEFT')
    expect(() => heldPackets.edit(2, message)).toThrow('Packet 2 is not held: it was lost.')
  })

  it('is refused for a packet that the lab has forgotten', () => {
    for (let sent = 0; sent <= PACKET_HISTORY; sent++) carry(1)
    expect(() => heldPackets.release(1)).toThrow(
      'Packet 1 is not held: it is no longer in the list.',
    )
  })
})

describe('the bytes of a held packet', () => {
  const bytesOf = (text: string) => new TextEncoder().encode(text)

  beforeEach(() => {
    breakpoints.set({ filter: 'type:0' })
    carry(1)
  })

  it.each([
    ['one message', '{"type":2,"srcid":7,"destid":1,"payloadsize":0,"payload":""}', 2],
    ['a message between white space', ' \n{"type":1,"id":7,"privPolyId":1,"listenport":5000}\n', 1],
    ['something that is no message', 'hello', 'error'],
    ['half a message', '{"type":0,', 'error'],
    ['something in which a message stands', 'x{"type":0}', 'error'],
  ] as const)('may become %s', (_, text, kind) => {
    heldPackets.edit(1, bytesOf(text))
    expect(setting.events.at(-1)).toMatchObject({
      type: 'packet.edited',
      packet: 1,
      kind,
      bytes: bytesOf(text),
    })
    expect(setting.lab.journal.state.packets.at(0)).toMatchObject({
      kind,
      original: Uint8Array.of(1),
    })
  })

  it.each([
    ['', 'nothing in these bytes but white space'],
    [' \n', 'nothing in these bytes but white space'],
    ['{"type":0}{"type":0}', 'These bytes are 2 messages'],
    ['{"type":0}x', 'These bytes are 2 messages'],
  ])('may not become %j', (text, complaint) => {
    const before = setting.events.length
    expect(() => heldPackets.edit(1, bytesOf(text))).toThrow(complaint)
    expect(setting.events.length).toBe(before)
  })
})
