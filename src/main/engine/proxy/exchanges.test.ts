import { describe, expect, it } from 'vitest'
import {
  dialled,
  expectAnswered,
  expectDialled,
  expectForwarded,
  refuseAll,
  served,
  wentDown,
  withServers,
} from './plays.testing'

describe('a second attempt', () => {
  it('goes to the next server where one cannot be reached, with a decision of its own', () => {
    const play = withServers('100', '300', '500')
    served(play)
    expectDialled(play, 1, '300/1')
    refuseAll(play, '300/1').causes('stop connect 300/1', ...wentDown('300/1'), ...dialled('500/1'))
    expect(play.reports('upstream.failed')).toMatchObject([
      { type: 'upstream.failed', exchange: 2, server: '300', reason: 'SERVER_UNREACHABLE' },
    ])
    expect(play.reports('decision.made')[0]).toEqual({
      type: 'decision.made',
      exchange: 2,
      attempt: 2,
      policy: '111',
      algorithm: 'round-robin',
      server: '500',
      candidates: ['100', '300', '500'],
      passedOver: [{ server: '300', why: 'tried' }],
      reason: { by: 'round-robin', turn: '500' },
      next: '100',
    })
    expectForwarded(play, '500/1', 'q2')
    expectAnswered(play, '500/1', 1, 'q2')
  })

  it('is made when a server does not accept in time', () => {
    const play = withServers('100', '300')
    expectDialled(play, 1, '100/1')
    play.timeUp('connect 100/1').causes(...wentDown('100/1'), ...dialled('300/1'))
    play.leavesOpen('q1', '300/1', 'connect 300/1')
  })

  it('goes to a server that is down where no other one is left', () => {
    const play = withServers('100', '300')
    expectDialled(play, 1, '100/1')
    play.timeUp('connect 100/1').causes(...wentDown('100/1'), ...dialled('300/1'))
    expectForwarded(play, '300/1', 'q1')
    expectAnswered(play, '300/1', 1, 'q1')
    expectDialled(play, 1, '300/2')
    play
      .refuses('300/2')
      .causes(
        'stop connect 300/2',
        'report row.set',
        'report policy.next',
        'report log',
        'hang up 300/2',
        'report upstream.failed',
        ...dialled('100/2'),
      )
    play.leavesOpen('q2', '100/2', 'connect 100/2')
  })

  it('is not made twice with the same server: the last error is the answer', () => {
    const play = withServers('100', '300')
    expectDialled(play, 1, '100/1')
    play.timeUp('connect 100/1').causes(...wentDown('100/1'), ...dialled('300/1'))
    refuseAll(play, '300/1').causes(
      'stop connect 300/1',
      'report row.set',
      'report policy.next',
      'report log',
      'hang up 300/1',
      'report upstream.failed',
      'answer client 1 to q1: SERVER_UNREACHABLE',
    )
    expect(play.reports('decision.made')).toEqual([])
    expect(play.running).toEqual([])
  })

  it('is made for each message that waits on a kept connection, in their order', () => {
    const play = withServers('100', '300')
    play.keeps('100')
    play.keeps('300')
    expectDialled(play, 1, '100/1')
    play
      .asks(2, '222')
      .causes('report decision.made', 'report log', 'answer client 2 to q2: NO_SERVER_FOR_POLICY')
    expectDialled(play, 1, '300/1')
    play.asks(2, '111').causes('report decision.made')
    play
      .timeUp('connect 100/1')
      .causes(
        ...wentDown('100/1'),
        'report decision.made',
        'report upstream.failed',
        'report decision.made',
      )
    expect(play.reports('decision.made').map(({ exchange }) => exchange)).toEqual([1, 4])
    play
      .opens('300/1')
      .causes(
        'stop connect 300/1',
        'forward q3 to 300/1',
        'forward q1 to 300/1',
        'forward q4 to 300/1',
        'start reply q3',
      )
    play.leavesOpen('q1', 'q3', 'q4', '300/1', 'reply q3')
  })

  it('is made when a server is removed while it is dialled, without it among the candidates', () => {
    const play = withServers('100', '300')
    expectDialled(play, 1, '100/1')
    play
      .removes('100')
      .causes(
        'report row.removed',
        'stop connect 100/1',
        'hang up 100/1',
        'report upstream.failed',
        ...dialled('300/1'),
      )
    expect(play.reports('upstream.failed')).toMatchObject([
      { type: 'upstream.failed', exchange: 1, server: '100', reason: 'SERVER_REMOVED' },
    ])
    expect(play.reports('decision.made')).toMatchObject([
      { exchange: 1, attempt: 2, server: '300', candidates: ['300'], passedOver: [] },
    ])
    expectForwarded(play, '300/1', 'q1')
    expectAnswered(play, '300/1', 1, 'q1')
  })

  it('is made when a server is removed between two dials', () => {
    const play = withServers('100', '300')
    expectDialled(play, 1, '100/1')
    play.refuses('100/1').causes('stop connect 100/1', 'report log', 'start retry 100/1')
    play
      .removes('100')
      .causes(
        'report row.removed',
        'stop retry 100/1',
        'hang up 100/1',
        'report upstream.failed',
        ...dialled('300/1'),
      )
    play.leavesOpen('q1', '300/1', 'connect 300/1')
  })

  it('is not made for a client that has left', () => {
    const play = withServers('100', '300')
    play.keeps('100')
    expectDialled(play, 1, '100/1')
    play.leaves(1)
    play.timeUp('connect 100/1').causes(...wentDown('100/1'))
    expect(play.reports('decision.made')).toEqual([])
  })

  it('is not made where the server has the message already', () => {
    const play = withServers('100', '300')
    expectDialled(play, 1, '100/1')
    expectForwarded(play, '100/1', 'q1')
    play
      .closes('100/1')
      .causes(
        'stop reply q1',
        'hang up 100/1',
        'report upstream.failed',
        'answer client 1 to q1: SERVER_CLOSED',
      )
  })
})
