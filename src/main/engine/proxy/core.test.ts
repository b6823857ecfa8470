import { describe, expect, it } from 'vitest'
import { fault } from '../../../shared/protocol/errors'
import type { ClientMessage } from '../../../shared/protocol/message'
import { ProxyCore } from './core'
import { expectDialled, expectForwarded, withServers } from './plays.testing'
import type { Input } from './protocol'

describe('a play', () => {
  it('ends with nothing open, unless it says what', () => {
    const play = withServers('100')
    play.asks(1, '111').dials()
    expect(() => play.leavesOpen()).toThrow('to deeply equal []')
    play.leavesOpen('q1', '100/1', 'connect 100/1')
    expect(() => play.leaves(1)).toThrow('The play is over.')
  })
})

describe('an input that cannot be', () => {
  const never = 99
  const given = { now: 0, ranForMs: 0 }

  it.each<[string, Input]>([
    ['of a connection that was never dialled', { type: 'upstreamOpened', upstream: never }],
    ['of a time limit that was never started', { type: 'timeUp', timer: never }],
  ])('%s is an error', (_, input) => {
    expect(() => new ProxyCore().handle(input, given)).toThrow(/ever/)
  })

  it('of a type that nobody knows is an error', () => {
    const unknown = { type: 'weatherChanged' } as unknown as Input
    expect(() => new ProxyCore().handle(unknown, given)).toThrow('weatherChanged')
  })

  it('of a client that is not connected is an error, and reaches no server', () => {
    const core = new ProxyCore()
    const message: ClientMessage = {
      type: 0,
      source: '1',
      rawSource: '1',
      policy: '111',
      payload: 'x',
      notes: [],
    }
    const bytes = new Uint8Array()
    const [address, node] = ['127.0.0.1', 'client:1']
    const asked: Input = {
      type: 'clientMessage',
      client: 1,
      exchange: 1,
      message,
      bytes,
      address,
      node,
      portOwner: undefined,
    }
    const garbled: Input = {
      type: 'clientFault',
      client: 1,
      exchange: 0,
      fault: fault('NOT_JSON'),
      bytes,
      fatal: false,
    }
    const closed: Input = { type: 'clientClosed', client: 1 }
    const fails = (input: Input) =>
      expect(() => core.handle(input, given)).toThrow('client 1 is not connected')
    fails(asked)
    core.handle({ type: 'clientOpened', client: 1 }, given)
    expect(() => core.handle({ type: 'clientOpened', client: 1 }, given)).toThrow('already')
    core.handle(closed, given)
    for (const late of [asked, garbled, closed]) fails(late)
  })

  it('in the state of its connection is an error', () => {
    const play = withServers('100')
    expectDialled(play, 1, '100/1')
    expect(() => play.answers('100/1')).toThrow('dialling, not open')
    expectForwarded(play, '100/1', 'q1')
    expect(() => play.opens('100/1')).toThrow('closing, not dialling')
    play.leavesOpen('q1', '100/1', 'reply q1')
  })
})
