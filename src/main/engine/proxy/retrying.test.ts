import { describe, expect, it } from 'vitest'
import type { PoolValues } from '../../../shared/settings/pool'
import type { Play } from './playbook.testing'
import {
  dialled,
  expectDialled,
  expectForwarded,
  STOP_REPLY,
  wentDown,
  withServers,
} from './plays.testing'

type Retries = Exclude<PoolValues['retries'], 'off'>

const RETRIES: Retries = {
  max: 1,
  to: 'other',
  on: 'unreachable',
  idempotent: false,
  backoffMs: 0,
  budgetPercent: 0,
}

function retrying(retries: Partial<Retries>, ...servers: string[]): Play {
  const play = withServers(...servers)
  play.setsPool('111', { retries: { ...RETRIES, ...retries } }).causes('report pool.changed')
  return play
}

describe('a retry', () => {
  it('goes to another server, so often as the policy says', () => {
    const play = retrying({ max: 1 }, '100', '300', '500')
    expectDialled(play, 1, '100/1')
    play.timeUp('connect 100/1').causes(...wentDown('100/1'), ...dialled('300/1'))
    play
      .timeUp('connect 300/1')
      .causes(...wentDown('300/1'), 'answer client 1 to q1: SERVER_CONNECT_TIMEOUT')
    expect(play.said).toContain('It is not tried again: all its retries are used up.')
  })

  it('goes to the same server in HAProxy’s way, and to another one at last', () => {
    const play = retrying({ max: 2, to: 'same' }, '100', '300')
    expectDialled(play, 1, '100/1')
    play.timeUp('connect 100/1').causes(...wentDown('100/1'), ...dialled('100/2'))
    expect(play.reports('decision.made')).toMatchObject([
      { attempt: 2, server: '100', reason: { by: 'same-server' }, passedOver: [] },
    ])
    play
      .timeUp('connect 100/2')
      .causes('hang up 100/2', 'report upstream.failed', ...dialled('300/1'))
    expect(play.reports('decision.made')).toMatchObject([
      { attempt: 3, server: '300', passedOver: [{ server: '100', why: 'tried' }] },
    ])
    play
      .timeUp('connect 300/1')
      .causes(
        'report row.set',
        'report policy.next',
        'report log',
        'hang up 300/1',
        'report upstream.failed',
        'answer client 1 to q1: SERVER_CONNECT_TIMEOUT',
      )
  })

  it('is not made where the server may have begun the work', () => {
    const play = retrying({ on: 'failed' }, '100', '300')
    expectDialled(play, 1, '100/1')
    expectForwarded(play, '100/1', 'q1')
    play
      .closes('100/1')
      .causes(
        ...STOP_REPLY,
        'hang up 100/1',
        'report upstream.failed',
        'answer client 1 to q1: SERVER_CLOSED',
      )
    expect(play.said).toContain('the server may have begun the work')
  })

  it('is made all the same where the messages are idempotent', () => {
    const play = retrying({ on: 'closed', idempotent: true }, '100', '300')
    expectDialled(play, 1, '100/1')
    expectForwarded(play, '100/1', 'q1')
    play
      .closes('100/1')
      .causes(...STOP_REPLY, 'hang up 100/1', 'report upstream.failed', ...dialled('300/1'))
    expectForwarded(play, '300/1', 'q1')
    play
      .sendsGarbage('300/1')
      .causes(
        ...STOP_REPLY,
        'hang up 300/1',
        'report upstream.failed',
        'answer client 1 to q1: SERVER_BAD_ANSWER',
      )
  })

  it('is made where the connection broke before the server had the message', () => {
    const play = retrying({}, '100', '300')
    play.handsOverAtOnce = false
    expectDialled(play, 1, '100/1')
    play.opens('100/1').causes('stop connect 100/1', 'forward q1 to 100/1')
    play.closes('100/1').causes('hang up 100/1', 'report upstream.failed', ...dialled('300/1'))
    play.leavesOpen('q1', '300/1', 'connect 300/1')
  })

  it('waits for its backoff, which ends when its client leaves', () => {
    const play = retrying({ backoffMs: 25, max: 3 }, '100', '300', '500')
    expectDialled(play, 1, '100/1')
    play.timeUp('connect 100/1').causes(...wentDown('100/1'), 'start backoff q1')
    play.timeUp('backoff q1').causes(...dialled('300/1'))
    play.timeUp('connect 300/1').causes(...wentDown('300/1'), 'start backoff q1')
    play.leaves(1).causes('stop backoff q1')
  })

  it('waits in the queue where every other server is full, and is answered with its failure in the end', () => {
    const play = withServers('100', '300')
    play.configures('300', { maxConnections: 1 }).causes()
    play
      .setsPool('111', { retries: RETRIES, queue: { max: 9, timeoutMs: 100 } })
      .causes('report pool.changed')
    expectDialled(play, 1, '100/1')
    play.asks(2, '111').causes(...dialled('300/1'))
    play
      .timeUp('connect 100/1')
      .causes(
        'report row.set',
        'report policy.next',
        'report log',
        'hang up 100/1',
        'report upstream.failed',
        'start queue q1',
        'report exchange.queued',
      )
    play
      .timeUp('queue q1')
      .causes('report decision.made', 'answer client 1 to q1: SERVER_CONNECT_TIMEOUT')
    expect(play.said).toContain('No server of policy 111 was free')
    play.leavesOpen('q2', '300/1', 'connect 300/1')
  })
})

describe('retries at once', () => {
  const MANY = ['100', '300', '500', '700', '900', '1100']

  it.each([
    ['a budget', { retries: { ...RETRIES, budgetPercent: 20 } }],
    [
      'a circuit breaker',
      { retries: RETRIES, limits: { maxInFlight: 99, maxWaiting: 99, maxRetries: 3 } },
    ],
  ] as const)('are no more than %s allows', (_, settings) => {
    const play = withServers(...MANY)
    play.setsPool('111', settings).causes('report pool.changed')
    for (const [index, server] of MANY.slice(0, 4).entries()) {
      expectDialled(play, index + 1, `${server}/1`)
    }
    play.timeUp('connect 100/1').causes(...wentDown('100/1'), ...dialled('900/1'))
    play.timeUp('connect 300/1').causes(...wentDown('300/1'), ...dialled('1100/1'))
    play
      .timeUp('connect 500/1')
      .causes(
        'report row.set',
        'report policy.next',
        'report log',
        'hang up 500/1',
        'report upstream.failed',
        ...dialled('700/2'),
      )
    play
      .timeUp('connect 700/1')
      .causes(...wentDown('700/1'), 'answer client 4 to q4: SERVER_CONNECT_TIMEOUT')
    expect(play.said).toContain('the policy may have 3 retries at once, and has as many')
    play.leavesOpen(
      ...['q1', 'q2', 'q3', '900/1', '1100/1', '700/2'],
      ...['connect 900/1', 'connect 1100/1', 'connect 700/2'],
    )
  })
})
