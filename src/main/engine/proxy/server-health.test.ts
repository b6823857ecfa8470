import { describe, expect, it } from 'vitest'
import type { Play } from './playbook.testing'
import {
  expectAnswered,
  expectDialled,
  expectForwarded,
  refuseAll,
  served,
  withServers,
} from './plays.testing'

describe('a server that is down', () => {
  /** 100 is down, and 300 has answered in its place; it is 500's turn, and then 100's. */
  function withOneDown(): Play {
    const play = withServers('100', '300', '500')
    expectDialled(play, 1, '100/1')
    refuseAll(play, '100/1').causes(
      'stop connect 100/1',
      'report row.set',
      'report log',
      'hang up 100/1',
      'report upstream.failed',
      'report decision.made',
      'start connect 300/1',
      'dial 300/1 on port 300',
    )
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
    refuseAll(play, '100/1').causes(
      'stop connect 100/1',
      'report row.set',
      'report log',
      'hang up 100/1',
      'report upstream.failed',
      'report decision.made',
      'start connect 300/1',
      'dial 300/1 on port 300',
    )
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
    play
      .timeUp('reply q1')
      .causes(
        'report row.set',
        'report log',
        'hang up 100/1',
        'report upstream.failed',
        'answer client 1 to q1: SERVER_TIMEOUT',
      )
    expect(play.reports('row.set')[0]?.row).toMatchObject({ server: '100', health: 'down' })
    expect([served(play), served(play)]).toEqual(['300', '300'])
  })
})
