import { describe, expect, it } from 'vitest'
import type { Play } from './playbook.testing'
import {
  answered,
  dialled,
  expectAnswered,
  expectDialled,
  expectForwarded,
  refuseAll,
  served,
  wentDown,
  withServers,
} from './plays.testing'

describe('a server that is down', () => {
  /** 100 is down, and 300 has answered in its place; it is 500's turn, and then 100's. */
  function withOneDown(): Play {
    const play = withServers('100', '300', '500')
    expectDialled(play, 1, '100/1')
    refuseAll(play, '100/1').causes('stop connect 100/1', ...wentDown('100/1'), ...dialled('300/1'))
    expectForwarded(play, '300/1', 'q1')
    expectAnswered(play, '300/1', 1, 'q1')
    return play
  }

  it('is passed over, and the receipt says so', () => {
    const play = withOneDown()
    expect([served(play), served(play), served(play)]).toEqual(['500', '300', '500'])
    expectDialled(play, 1, '300/3')
    expect(play.reports('decision.made')[0]).toMatchObject({
      server: '300',
      candidates: ['100', '300', '500'],
      passedOver: [{ server: '100', why: 'down' }],
      reason: { by: 'round-robin', turn: '100' },
      next: '500',
    })
    play.leavesOpen('q5', '300/3', 'connect 300/3')
  })

  it('is up again when it registers', () => {
    const play = withOneDown()
    expect([served(play), served(play), served(play)]).toEqual(['500', '300', '500'])
    play
      .registers('100', '111')
      .causes('report row.set', 'report policy.next', 'registered on 1100')
    expect(play.reports('row.set')[0]?.row.health).toBe('up')
    expect(served(play)).toBe('100')
  })

  it('is asked when all are down, as a last resort, and is up when it accepts', () => {
    const play = withServers('100', '300')
    expectDialled(play, 1, '100/1')
    refuseAll(play, '100/1').causes('stop connect 100/1', ...wentDown('100/1'), ...dialled('300/1'))
    refuseAll(play, '300/1').causes(
      'stop connect 300/1',
      'report row.set',
      'report policy.next',
      'report log',
      'hang up 300/1',
      'report upstream.failed',
      'answer client 1 to q1: SERVER_UNREACHABLE',
    )
    expectDialled(play, 1, '100/2')
    expect(play.reports('decision.made')[0]).toMatchObject({ server: '100', passedOver: [] })
    play
      .opens('100/2')
      .causes(
        'stop connect 100/2',
        'report row.set',
        'report policy.next',
        'forward q2 to 100/2',
        'start reply q2',
      )
    expect(play.reports('row.set')[0]?.row).toMatchObject({ server: '100', health: 'up' })
    expect(play.reports('policy.next')).toEqual([
      { type: 'policy.next', policy: '111', server: '100' },
    ])
    play.leavesOpen('q2', '100/2', 'reply q2')
  })

  it('was late once: it is down until it accepts a connection again', () => {
    const play = withServers('100', '300')
    expectDialled(play, 1, '100/1')
    expectForwarded(play, '100/1', 'q1')
    play.timeUp('reply q1').causes(...wentDown('100/1'), 'answer client 1 to q1: SERVER_TIMEOUT')
    expect(play.reports('row.set')[0]?.row).toMatchObject({ server: '100', health: 'down' })
    expect([served(play), served(play)]).toEqual(['300', '300'])
  })
})

describe('the settings of a server', () => {
  it('drain: it finishes what it has, gets nothing more, and is drained then', () => {
    const play = withServers('100', '300')
    expectDialled(play, 2, '100/1')
    expectForwarded(play, '100/1', 'q1')
    play.configures('100', { drain: true }).causes()
    expect([served(play), served(play)]).toEqual(['300', '300'])
    play.answers('100/1').causes('report log', ...answered('100/1', 2, 'q1'))
    expect(play.reports('log')[0]?.text).toMatch('Server 100 is drained')
    play.configures('100', { drain: false }).causes('report policy.next')
    expect([served(play), served(play)]).toEqual(['100', '300'])
    play.configures('300', { drain: true }).causes('report log')
  })

  it('drain: one that is removed with a message is not said to be drained', () => {
    const play = withServers('100')
    expectDialled(play, 2, '100/1')
    expectForwarded(play, '100/1', 'q1')
    play.configures('100', { drain: true }).causes('report policy.next')
    play
      .removes('100')
      .causes(
        'report row.removed',
        'stop reply q1',
        'hang up 100/1',
        'report upstream.failed',
        'answer client 2 to q1: SERVER_REMOVED',
      )
  })

  it('limit: beyond it another one gets the message, and it is next again once it has room', () => {
    const play = withServers('100', '300')
    play.configures('100', { maxConnections: 1 }).causes()
    play.configures('300', { maxConnections: 1 }).causes()
    expectDialled(play, 1, '100/1')
    play.asks(1, '111').causes(...dialled('300/1', 'report policy.next'))
    expect(play.reports('policy.next')[0]?.server).toBeNull()
    expectForwarded(play, '300/1', 'q2')
    play.answers('300/1').causes('report policy.next', 'stop reply q2', 'hang up 300/1')
    expect(play.reports('policy.next')[0]?.server).toBe('300')
    play.leavesOpen('q1', 'q2', '100/1', 'connect 100/1')
  })

  it('backup: it gets a message only where no other can be chosen', () => {
    const play = withServers('100', '300')
    play.configures('300', { backup: true }).causes()
    expect([served(play), served(play)]).toEqual(['100', '100'])
    play.configures('100', { drain: true }).causes('report policy.next', 'report log')
    expectDialled(play, 1, '300/1')
    expect(play.reports('decision.made')[0]?.passedOver).toEqual([
      { server: '100', why: 'draining' },
    ])
    play.leavesOpen('q3', '300/1', 'connect 300/1')
  })

  it('are there when it registers, and are forgotten with its node', () => {
    const play = withServers('100')
    play.configures('300', { backup: true }).causes()
    play.registers('300', '111').causes('report row.set', 'registered on 1300')
    expect([served(play), served(play)]).toEqual(['100', '100'])
    play.removes('300').causes('report row.removed')
    play
      .registers('300', '111')
      .causes('report row.set', 'report policy.next', 'registered on 1300')
    expect(play.reports('policy.next')[0]?.server).toBe('300')
  })
})
