import { describe, expect, it } from 'vitest'
import type { Play } from './playbook.testing'
import { answered, dialled, expectAnswered, expectDialled, withServers } from './plays.testing'

const QUEUE = { max: 3, timeoutMs: 5_000 }
const LIMITS = { maxInFlight: 1024, maxWaiting: 1024, maxRetries: 3 }

/** A server with room for one message, which has q1. */
function full(queue: typeof QUEUE | 'off' = QUEUE): Play {
  const play = withServers('100')
  play.configures('100', { maxConnections: 1 }).causes()
  play.setsPool('111', { queue }).causes(...(queue === 'off' ? [] : ['report pool.changed']))
  asksTheLast(play, 1, '100/1')
  play.opens('100/1').causes('stop connect 100/1', 'forward q1 to 100/1', 'start reply q1')
  return play
}

/** The message takes the last place: nobody has the next turn. */
function asksTheLast(play: Play, client: number, upstream: string): void {
  play.asks(client, '111').causes(...dialled(upstream, 'report policy.next'))
}

function waits(play: Play, client: number, position: number): void {
  play.asks(client, '111').causes(`start queue ${play.lastQuestion}`, 'report exchange.queued')
  expect(play.reports('exchange.queued')).toMatchObject([{ policy: '111', position }])
}

describe('a message for a server that is full', () => {
  it('is refused at once without a queue, and told what to do', () => {
    const play = full('off')
    play
      .asks(2, '111')
      .causes('report decision.made', 'report log', 'answer client 2 to q2: SERVERS_FULL')
    expect(play.reports('decision.made')).toMatchObject([
      { server: null, reason: null, passedOver: [{ server: '100', why: 'full' }] },
    ])
    expect(play.reports('log')[0]?.text).toBe(
      'SERVERS_FULL: No server of policy 111 can be chosen: 100 is at its limit. Raise a limit, add a server, or switch the queue of the policy on.',
    )
    play.leavesOpen('q1', '100/1', 'reply q1')
  })

  it('waits, and the one that has waited longest takes each freed slot', () => {
    const play = full()
    waits(play, 2, 1)
    play.now = 100
    waits(play, 3, 2)
    play.now = 350
    play
      .answers('100/1')
      .causes(
        'report policy.next',
        ...answered('100/1', 1, 'q1'),
        'stop queue q2',
        ...dialled('100/2', 'report policy.next'),
      )
    expect(play.reports('decision.made')).toMatchObject([
      { exchange: 2, attempt: 1, server: '100', waitedMs: 350 },
    ])
    play.leavesOpen('q2', 'q3', '100/2', 'queue q3', 'connect 100/2')
  })

  it('goes into a freed slot without asking HAProxy’s algorithms', () => {
    const play = full()
    const pool = { queue: QUEUE, algorithm: 'haproxy-least-connections' } as const
    play.setsPool('111', pool).causes('report pool.changed')
    waits(play, 2, 1)
    play
      .answers('100/1')
      .causes(
        'stop reply q1',
        'hang up 100/1',
        'answer client 1 to q1: by 100/1',
        'stop queue q2',
        'report decision.made',
        'start connect 100/2',
        'dial 100/2 on port 100',
      )
    expect(play.reports('decision.made')).toMatchObject([
      { server: '100', reason: { by: 'free-slot' } },
    ])
    play.leavesOpen('q2', '100/2', 'connect 100/2')
  })

  it('is refused where the queue has no place left', () => {
    const play = full({ ...QUEUE, max: 1 })
    waits(play, 2, 1)
    play
      .asks(3, '111')
      .causes('report decision.made', 'report log', 'answer client 3 to q3: QUEUE_FULL')
    play.leavesOpen('q1', 'q2', '100/1', 'reply q1', 'queue q2')
  })

  it('is refused when its time is over, and told how long it has waited', () => {
    const play = full()
    waits(play, 2, 1)
    play.now = 5_000
    play
      .timeUp('queue q2')
      .causes('report decision.made', 'report log', 'answer client 2 to q2: QUEUE_TIMEOUT')
    expect(play.reports('decision.made')).toMatchObject([
      { exchange: 2, server: null, waitedMs: 5_000, passedOver: [{ server: '100', why: 'full' }] },
    ])
    play.leavesOpen('q1', '100/1', 'reply q1')
  })

  it('leaves the queue with its client, and nobody is served in its place', () => {
    const play = full()
    waits(play, 2, 1)
    waits(play, 3, 2)
    play.leaves(2).causes('stop queue q2', 'report queue.left')
    play
      .answers('100/1')
      .causes(
        'report policy.next',
        ...answered('100/1', 1, 'q1'),
        'stop queue q3',
        ...dialled('100/2', 'report policy.next'),
      )
    play.leavesOpen('q3', '100/2', 'connect 100/2')
  })

  it('goes to a server that joins', () => {
    const play = full()
    waits(play, 2, 1)
    play
      .registers('300', '111')
      .causes(
        'report row.set',
        'report policy.next',
        'registered on 1300',
        'stop queue q2',
        ...dialled('300/1'),
      )
    play.leavesOpen('q1', 'q2', '100/1', '300/1', 'reply q1', 'connect 300/1')
  })

  it('goes to the server when its limit is raised, or when it does not drain any more', () => {
    const play = full()
    waits(play, 2, 1)
    waits(play, 3, 2)
    play.configures('100', { maxConnections: 1, drain: true }).causes()
    play
      .configures('100', { maxConnections: 3 })
      .causes(
        'report policy.next',
        'stop queue q2',
        ...dialled('100/2'),
        'stop queue q3',
        ...dialled('100/3', 'report policy.next'),
      )
    play.leavesOpen(
      ...['q1', 'q2', 'q3', '100/1', '100/2', '100/3'],
      ...['reply q1', 'connect 100/2', 'connect 100/3'],
    )
  })

  it('waits on for the time that it has where the server leaves', () => {
    const play = full()
    waits(play, 2, 1)
    play
      .removes('100')
      .causes(
        'report row.removed',
        'stop reply q1',
        'hang up 100/1',
        'report upstream.failed',
        'answer client 1 to q1: SERVER_REMOVED',
      )
    play
      .timeUp('queue q2')
      .causes('report decision.made', 'report log', 'answer client 2 to q2: QUEUE_TIMEOUT')
    expect(play.reports('decision.made')).toMatchObject([{ candidates: [], passedOver: [] }])
  })

  it('is refused when the queue is switched off', () => {
    const play = full()
    waits(play, 2, 1)
    play
      .setsPool('111', {})
      .causes(
        'report pool.changed',
        'stop queue q2',
        'report decision.made',
        'report log',
        'answer client 2 to q2: SERVERS_FULL',
      )
    play.leavesOpen('q1', '100/1', 'reply q1')
  })
})

it('a message does not wait for servers that are down', () => {
  const play = withServers('100', '300')
  play.setsPool('111', { queue: QUEUE }).causes('report pool.changed')
  play.configures('100', { drain: true }).causes('report policy.next', 'report log')
  play.configures('300', { drain: true }).causes('report policy.next', 'report log')
  play
    .asks(1, '111')
    .causes('report decision.made', 'report log', 'answer client 1 to q1: SERVERS_DOWN')
})

describe('a circuit breaker by limits', () => {
  it('refuses what is in flight above its limit, and works again at once below it', () => {
    const play = withServers('100')
    play.setsPool('111', { limits: { ...LIMITS, maxInFlight: 1 } }).causes('report pool.changed')
    expectDialled(play, 1, '100/1')
    play.asks(2, '111').causes('report log', 'answer client 2 to q2: LIMIT_REACHED')
    play.opens('100/1').causes('stop connect 100/1', 'forward q1 to 100/1', 'start reply q1')
    expectAnswered(play, '100/1', 1, 'q1')
    expectDialled(play, 2, '100/2')
    play.leavesOpen('q3', '100/2', 'connect 100/2')
  })

  it('refuses what waits above its limit', () => {
    const play = full()
    play
      .setsPool('111', { queue: QUEUE, limits: { ...LIMITS, maxWaiting: 1 } })
      .causes('report pool.changed')
    waits(play, 2, 1)
    play
      .asks(3, '111')
      .causes('report decision.made', 'report log', 'answer client 3 to q3: LIMIT_REACHED')
    play.leavesOpen('q1', 'q2', '100/1', 'reply q1', 'queue q2')
  })

  it('lets messages wait on while there is too much in flight', () => {
    const play = full()
    waits(play, 2, 1)
    play
      .setsPool('111', { queue: QUEUE, limits: { ...LIMITS, maxInFlight: 1 } })
      .causes('report pool.changed')
    play.configures('100', {}).causes('report policy.next')
    play.asks(3, '111').causes('report log', 'answer client 3 to q3: LIMIT_REACHED')
    play
      .answers('100/1')
      .causes(...answered('100/1', 1, 'q1'), 'stop queue q2', ...dialled('100/2'))
    play.leavesOpen('q2', '100/2', 'connect 100/2')
  })
})
