import { beforeEach, describe, expect, it } from 'vitest'
import type { LabEvent } from '../../../shared/events'
import { PROXY } from '../../../shared/ids'
import { composeClientMessage } from '../../../shared/protocol/compose'
import type { ClientMessage } from '../../../shared/protocol/message'
import { scanWhole } from '../protocol/scan'
import { Sightings } from './sightings'

let sightings: Sightings
let packets = 0

beforeEach(() => {
  packets = 0
  sightings = new Sightings((policy) => (policy === '111' ? ['100', '300', '500'] : undefined))
})

function apply(event: object): void {
  sightings.apply({ seq: 1, at: 0, ...event } as LabEvent)
}

/** A client's question reaches the proxy. Returns its exchange. */
function asks(client: string, payload = 'x', policy = '111'): number {
  const packet = ++packets
  const bytes = composeClientMessage(client, policy, payload)
  const from = `client:${client}`
  apply({ type: 'packet.sent', packet, exchange: packet, kind: 0, from, to: PROXY, bytes })
  apply({ type: 'packet.delivered', packet })
  return packet
}

/** The proxy sends a question with this content to a server. */
function forwards(server: string, client: string, payload = 'x', policy = '111') {
  const [item] = scanWhole(composeClientMessage(client, policy, payload, 'texts'))
  const message = item?.kind === 'message' ? (item.message as ClientMessage) : undefined
  if (message === undefined) throw new Error('That is no message.')
  const exchange = sightings.exchangeOf(message)
  return { exchange, choice: sightings.seenAt(exchange, server) }
}

const finishes = (exchange: number) => apply({ type: 'exchange.finished', exchange })

describe('a question at a server', () => {
  it('is that of the client with the same content, however the proxy spells it', () => {
    const [one, other] = [asks('1'), asks('2')]
    expect(forwards('300', '2').exchange).toBe(other)
    expect(forwards('100', '1').exchange).toBe(one)
  })

  it('is that of a client whose question was there at once', () => {
    const bytes = composeClientMessage('1', '111', 'x')
    const question = { packet: 1, exchange: 1, kind: 0, from: 'client:1', to: PROXY, bytes }
    apply({ type: 'packet.carried', ...question })
    expect(forwards('100', '1').choice).toMatchObject({ exchange: 1, expected: '100' })
  })

  it('is the oldest of those with the same content', () => {
    const [first, second] = [asks('1'), asks('1')]
    expect(forwards('100', '1').exchange).toBe(first)
    expect(forwards('300', '1').exchange).toBe(second)
  })

  it('is a further attempt once all of them were seen', () => {
    const exchange = asks('1')
    expect(forwards('100', '1').choice).toMatchObject({ attempt: 1 })
    expect(forwards('300', '1')).toMatchObject({ exchange, choice: { attempt: 2, expected: null } })
  })

  it('is nobody’s if none of the clients has asked it, or if it was answered', () => {
    expect(forwards('100', '9')).toEqual({ exchange: 0, choice: undefined })
    finishes(asks('1'))
    expect(forwards('100', '1').exchange).toBe(0)
  })

  it('is nobody’s before it has reached the proxy', () => {
    const bytes = composeClientMessage('1', '111', 'x')
    apply({
      type: 'packet.sent',
      packet: 1,
      exchange: 1,
      kind: 0,
      from: 'client:1',
      to: PROXY,
      bytes,
    })
    expect(forwards('100', '1').exchange).toBe(0)
  })

  it('is found by what a person has edited it into', () => {
    const bytes = composeClientMessage('1', '111', 'x')
    apply({
      type: 'packet.sent',
      packet: 1,
      exchange: 1,
      kind: 0,
      from: 'client:1',
      to: PROXY,
      bytes,
    })
    apply({
      type: 'packet.edited',
      packet: 1,
      kind: 0,
      bytes: composeClientMessage('1', '111', 'y'),
    })
    apply({ type: 'packet.delivered', packet: 1 })
    expect(forwards('100', '1', 'y').exchange).toBe(1)
  })
})

describe('round-robin’s turn', () => {
  const turn = (server: string, client: string) => forwards(server, client).choice?.expected

  it('goes through the servers in the order in which the questions reached the proxy', () => {
    for (const client of ['1', '2', '3', '4']) asks(client)
    expect(turn('300', '2')).toBe('300')
    expect(turn('100', '1')).toBe('100')
    expect(turn('100', '4')).toBe('100')
    expect(turn('500', '3')).toBe('500')
  })

  it('follows a choice out of turn, so that one such choice is told once', () => {
    asks('1')
    expect(turn('500', '1')).toBe('100')
    asks('2')
    expect(turn('100', '2')).toBe('100')
  })

  it('passes over a question that was seen at no server', () => {
    const refused = asks('1')
    asks('2')
    finishes(refused)
    expect(turn('100', '2')).toBe('100')
  })

  it('is unknown for a policy that is not balanced by it', () => {
    asks('1', 'x', '222')
    expect(forwards('200', '1', 'x', '222').choice).toMatchObject({ expected: null })
  })
})
