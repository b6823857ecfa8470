import { describe, expect, it } from 'vitest'
import { DEFAULT_SEED, MAX_SERVERS, RETRY_EVERY_MS, RETRY_FOR_MS } from '../../../shared/limits'
import {
  composeAnswer,
  composeClientMessage,
  composeRegistration,
} from '../../../shared/protocol/compose'
import { fault } from '../../../shared/protocol/errors'
import type { ClientMessage } from '../../../shared/protocol/message'
import { createRandom } from '../clock/random'
import { ProxyCore } from './core'
import { type Caused, Play, SERVER_ERROR } from './playbook.testing'
import type { Input } from './protocol'

const RETRIES = RETRY_FOR_MS / RETRY_EVERY_MS

/** A play with these servers registered, all for policy 111. Its words leave reports out. */
function withServers(...servers: string[]): Play {
  const play = new Play({ without: ['report'] })
  for (const server of servers) {
    play.registers(server, '111').causes(`registered on ${1_000 + Number(server)}`)
  }
  return play
}

/** Asks once, has the answer given, and says who gave it. */
function served(play: Play, policy = '111'): string | null | undefined {
  const upstream = play.asks(1, policy).dials()
  const [decision] = play.reports('decision.made')
  const question = play.lastQuestion
  play
    .opens(upstream)
    .causes(
      `stop connect ${upstream}`,
      `forward ${question} to ${upstream}`,
      `start reply ${question}`,
    )
  play
    .answers(upstream)
    .causes(
      `stop reply ${question}`,
      `hang up ${upstream}`,
      `answer client 1 to ${question}: by ${upstream}`,
    )
  return decision?.server
}

/** Has every dial of this connection refused; returns what the last refusal led to. */
function refuseAll(play: Play, upstream: string, { port = upstream.split('/')[0] } = {}): Caused {
  for (let retry = 1; retry <= RETRIES; retry++) {
    play.refuses(upstream).causes(`stop connect ${upstream}`, `start retry ${upstream}`)
    play
      .timeUp(`retry ${upstream}`)
      .causes(`start connect ${upstream}`, `dial ${upstream} on port ${port}`)
  }
  return play.refuses(upstream)
}

describe('registering', () => {
  it('sets a row, tells whose turn it is, and answers nothing', () => {
    const play = new Play()
    play
      .registers('100', '111', { port: 2105, address: '10.0.0.7' })
      .causes('report row.set', 'report policy.next', 'registered on 1100')
    expect(play.reported).toEqual([
      {
        type: 'row.set',
        row: {
          server: '100',
          policy: '111',
          listenPort: 2105,
          address: '10.0.0.7',
          node: 'server:100',
          health: 'up',
        },
      },
      { type: 'policy.next', policy: '111', server: '100' },
    ])
  })

  it('again updates the row in place: port and address change, turns do not', () => {
    const play = withServers('100', '300')
    expect(served(play)).toBe('100')
    play.registers('100', '111', { port: 999, address: '10.0.0.7' }).causes('registered on 1100')
    expect(play.reports('policy.next')).toEqual([])
    expect(served(play)).toBe('300')
    play.asks(2, '111').causes('start connect 100/2', 'dial 100/2 on port 999')
  })

  it('for another policy leaves the first one and joins the end of the second', () => {
    const play = withServers('100', '300')
    play.registers('200', '222').causes('registered on 1200')
    play.registers('100', '222').causes('registered on 1100')
    expect(play.reports('policy.next')).toEqual([
      { type: 'policy.next', policy: '111', server: '300' },
    ])
    expect([served(play), served(play)]).toEqual(['300', '300'])
    expect([served(play, '222'), served(play, '222')]).toEqual(['200', '100'])
  })

  it('of the only server for another policy leaves nobody', () => {
    const play = withServers('100')
    play.registers('100', '222').causes('registered on 1100')
    expect(play.reports('policy.next')).toContainEqual({
      type: 'policy.next',
      policy: '111',
      server: null,
    })
    play.asks(1, '111').causes('answer client 1 to q1: NO_SERVER_FOR_POLICY')
  })

  it('past the limit of the table is refused; those in it may register again', () => {
    const play = new Play()
    for (let id = 1; id <= MAX_SERVERS; id++) {
      const news = id === 1 ? ['report row.set', 'report policy.next'] : ['report row.set']
      play.registers(String(id), '111').causes(...news, `registered on ${1_000 + id}`)
    }
    play.registers('5000', '111').causes('report log', 'answer client 6000: TABLE_FULL')
    expect(play.reports('row.set')).toEqual([])
    play.registers('7', '222').causes('report row.set', 'report policy.next', 'registered on 1007')
    play.removes('8').causes('report row.removed')
    play.registers('5000', '111').causes('report row.set', 'registered on 6000')
  })
})

describe('round-robin', () => {
  it('sends five messages over servers 1 and 2 to 1, 2, 1, 2, 1', () => {
    const play = withServers('1', '2')
    expect(Array.from({ length: 5 }, () => served(play))).toEqual(['1', '2', '1', '2', '1'])
  })

  it('is per policy', () => {
    const play = withServers('100', '300')
    play.registers('200', '222').causes('registered on 1200')
    play.registers('400', '222').causes('registered on 1400')
    const asked = ['111', '222', '222', '111', '222', '111']
    expect(asked.map((policy) => served(play, policy))).toEqual([
      '100',
      '200',
      '400',
      '300',
      '200',
      '100',
    ])
  })

  it('goes on where it was when a server joins or leaves', () => {
    const play = withServers('1', '2', '3')
    expect([served(play), served(play)]).toEqual(['1', '2'])
    play.registers('4', '111').causes('registered on 1004')
    expect(served(play)).toBe('3')
    play.removes('1')
    expect([served(play), served(play), served(play)]).toEqual(['4', '2', '3'])
    play.removes('4')
    expect([served(play), served(play)]).toEqual(['2', '3'])
  })

  it('gives a receipt for each decision', () => {
    const play = withServers('1', '2')
    served(play)
    play.asks(1, '111').causes('start connect 2/1', 'dial 2/1 on port 2')
    expect(play.reports('decision.made')).toEqual([
      {
        type: 'decision.made',
        exchange: 2,
        attempt: 1,
        policy: '111',
        algorithm: 'round-robin',
        server: '2',
        candidates: ['1', '2'],
        passedOver: [],
        reason: { by: 'round-robin', turn: '2' },
        next: '1',
      },
    ])
  })

  it('answers where nobody serves the policy, with a receipt', () => {
    const play = withServers('1')
    play.asks(7, '999').causes('answer client 7 to q1: NO_SERVER_FOR_POLICY')
    expect(play.reports('decision.made')[0]).toMatchObject({
      server: null,
      candidates: [],
      next: null,
    })
  })
})

describe('a connection per message', () => {
  it('is dialled, gets the message, gives the answer, and is hung up', () => {
    const play = withServers('100')
    play.asks(1, '111').causes('start connect 100/1', 'dial 100/1 on port 100')
    expect(play.running).toEqual(['connect 100/1'])
    play.opens('100/1').causes('stop connect 100/1', 'forward q1 to 100/1', 'start reply q1')
    expect(play.running).toEqual(['reply q1'])
    play
      .answers('100/1')
      .causes('stop reply q1', 'hang up 100/1', 'answer client 1 to q1: by 100/1')
    expect(play.running).toEqual([])
  })

  it('has its limit for the answer from when the link hands the message over', () => {
    const play = withServers('100')
    play.handsOverAtOnce = false
    play.asks(1, '111').causes('start connect 100/1', 'dial 100/1 on port 100')
    play.opens('100/1').causes('stop connect 100/1', 'forward q1 to 100/1')
    expect(play.running).toEqual([])
    play.handsOver('100/1', 1).causes('start reply q1')
    expect(play.running).toEqual(['reply q1'])
    play
      .answers('100/1')
      .causes('stop reply q1', 'hang up 100/1', 'answer client 1 to q1: by 100/1')
    expect(play.running).toEqual([])
  })

  it('has one limit where it is sent twice by hand, and none once it is answered', () => {
    const play = withServers('100')
    play.handsOverAtOnce = false
    play.asks(1, '111').causes('start connect 100/1', 'dial 100/1 on port 100')
    play.opens('100/1').causes('stop connect 100/1', 'forward q1 to 100/1')
    play.handsOver('100/1', 1).causes('start reply q1')
    play.handsOver('100/1', 1)
    expect(play.running).toEqual(['reply q1'])
    play
      .answers('100/1')
      .causes('stop reply q1', 'hang up 100/1', 'answer client 1 to q1: by 100/1')
    play.handsOver('100/1', 1)
    expect(play.running).toEqual([])
  })

  it('is refused under its own number where it was edited to what is none', () => {
    const play = withServers('100')
    play
      .garbles(1, 'NOT_JSON', 'garbage', { exchange: 4 })
      .causes('answer client 1 to q4: NOT_JSON')
  })

  it('does not wait for another message of the same client or server', () => {
    const play = withServers('100')
    play.asks(1, '111').causes('start connect 100/1', 'dial 100/1 on port 100')
    play.asks(1, '111').causes('start connect 100/2', 'dial 100/2 on port 100')
    play.asks(2, '111').causes('start connect 100/3', 'dial 100/3 on port 100')
  })

  it('passes on the error that a server answers with', () => {
    const play = withServers('100')
    play.asks(1, '111').causes('start connect 100/1', 'dial 100/1 on port 100')
    play.opens('100/1').causes('stop connect 100/1', 'forward q1 to 100/1', 'start reply q1')
    play
      .sends('100/1', SERVER_ERROR)
      .causes('stop reply q1', 'hang up 100/1', 'answer client 1 to q1: ')
  })

  it.each([
    ['closes', (play: Play) => play.closes('100/1'), 'SERVER_CLOSED'],
    ['answers garbage', (play: Play) => play.sendsGarbage('100/1'), 'SERVER_BAD_ANSWER'],
    [
      'answers with a question',
      (play: Play) => play.sends('100/1', composeClientMessage('1', '111', 'x')),
      'SERVER_BAD_ANSWER',
    ],
    ['says nothing', (play: Play) => play.timeUp('reply q1'), 'SERVER_TIMEOUT'],
    ['is removed', (play: Play) => play.removes('100'), 'SERVER_REMOVED'],
  ])('that %s costs one message an error', (_, happens, code) => {
    const play = withServers('100', '300')
    play.asks(1, '111').causes('start connect 100/1', 'dial 100/1 on port 100')
    play.opens('100/1').causes('stop connect 100/1', 'forward q1 to 100/1', 'start reply q1')
    happens(play).causes(
      ...(code === 'SERVER_TIMEOUT' ? [] : ['stop reply q1']),
      'hang up 100/1',
      `answer client 1 to q1: ${code}`,
    )
    expect(play.reports('upstream.failed')).toEqual([
      { type: 'upstream.failed', exchange: 1, server: '100', reason: code },
    ])
    expect(play.running).toEqual([])
    expect(served(play)).toBe('300')
  })

  it('that the server closes or answers on once it is hung up changes nothing', () => {
    const play = withServers('100')
    play.asks(1, '111').causes('start connect 100/1', 'dial 100/1 on port 100')
    play.opens('100/1').causes('stop connect 100/1', 'forward q1 to 100/1', 'start reply q1')
    play
      .answers('100/1')
      .causes('stop reply q1', 'hang up 100/1', 'answer client 1 to q1: by 100/1')
    play.closes('100/1').causes()
    play.answers('100/1').causes()
    play.opens('100/1').causes()
    expect(play.reported).toEqual([])
  })
})

describe('a server that cannot be reached', () => {
  it('is tried again for a moment where it has only just registered', () => {
    const play = withServers('100')
    play.asks(1, '111').causes('start connect 100/1', 'dial 100/1 on port 100')
    play.refuses('100/1').causes('stop connect 100/1', 'start retry 100/1')
    expect(play.running).toEqual(['retry 100/1'])
    play.timeUp('retry 100/1').causes('start connect 100/1', 'dial 100/1 on port 100')
    expect(play.running).toEqual(['connect 100/1'])
    play.opens('100/1').causes('stop connect 100/1', 'forward q1 to 100/1', 'start reply q1')
  })

  it('costs an error and is down after the last try', () => {
    const play = withServers('100')
    play.asks(1, '111').causes('start connect 100/1', 'dial 100/1 on port 100')
    refuseAll(play, '100/1').causes(
      'stop connect 100/1',
      'hang up 100/1',
      'answer client 1 to q1: SERVER_UNREACHABLE',
    )
    expect(play.running).toEqual([])
    expect(play.reports('row.set')[0]?.row).toMatchObject({ server: '100', health: 'down' })
  })

  it('costs an error at once where it has accepted a connection before', () => {
    const play = withServers('100')
    served(play)
    play.asks(1, '111').causes('start connect 100/2', 'dial 100/2 on port 100')
    play
      .refuses('100/2')
      .causes('stop connect 100/2', 'hang up 100/2', 'answer client 1 to q2: SERVER_UNREACHABLE')
  })

  it('is given its moment again once it registers again', () => {
    const play = withServers('100')
    served(play)
    play.registers('100', '111').causes('registered on 1100')
    play.asks(1, '111').causes('start connect 100/2', 'dial 100/2 on port 100')
    play.refuses('100/2').causes('stop connect 100/2', 'start retry 100/2')
    expect(play.running).toEqual(['retry 100/2'])
  })

  it('is dialled where it is by then, when it registers elsewhere between two tries', () => {
    const play = withServers('100')
    play.asks(1, '111').causes('start connect 100/1', 'dial 100/1 on port 100')
    play.refuses('100/1').causes('stop connect 100/1', 'start retry 100/1')
    play.registers('100', '111', { port: 2222 }).causes('registered on 1100')
    play.timeUp('retry 100/1').causes('start connect 100/1', 'dial 100/1 on port 2222')
  })

  it('costs an error when it does not accept in time', () => {
    const play = withServers('100')
    play.asks(1, '111').causes('start connect 100/1', 'dial 100/1 on port 100')
    play
      .timeUp('connect 100/1')
      .causes('hang up 100/1', 'answer client 1 to q1: SERVER_CONNECT_TIMEOUT')
    expect(play.running).toEqual([])
    expect(play.reports('row.set')[0]?.row.health).toBe('down')
  })
})

describe('a second attempt', () => {
  it('goes to the next server where one cannot be reached, with a decision of its own', () => {
    const play = withServers('100', '300', '500')
    served(play)
    play.asks(1, '111').causes('start connect 300/1', 'dial 300/1 on port 300')
    refuseAll(play, '300/1').causes(
      'stop connect 300/1',
      'hang up 300/1',
      'start connect 500/1',
      'dial 500/1 on port 500',
    )
    expect(play.reports('upstream.failed')).toEqual([
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
    play.opens('500/1').causes('stop connect 500/1', 'forward q2 to 500/1', 'start reply q2')
    play
      .answers('500/1')
      .causes('stop reply q2', 'hang up 500/1', 'answer client 1 to q2: by 500/1')
  })

  it('is made when a server does not accept in time', () => {
    const play = withServers('100', '300')
    play.asks(1, '111').causes('start connect 100/1', 'dial 100/1 on port 100')
    play
      .timeUp('connect 100/1')
      .causes('hang up 100/1', 'start connect 300/1', 'dial 300/1 on port 300')
  })

  it('goes to a server that is down where no other one is left', () => {
    const play = withServers('100', '300')
    play.asks(1, '111').causes('start connect 100/1', 'dial 100/1 on port 100')
    play
      .timeUp('connect 100/1')
      .causes('hang up 100/1', 'start connect 300/1', 'dial 300/1 on port 300')
    play.opens('300/1').causes('stop connect 300/1', 'forward q1 to 300/1', 'start reply q1')
    play
      .answers('300/1')
      .causes('stop reply q1', 'hang up 300/1', 'answer client 1 to q1: by 300/1')
    play.asks(1, '111').causes('start connect 300/2', 'dial 300/2 on port 300')
    play
      .refuses('300/2')
      .causes(
        'stop connect 300/2',
        'hang up 300/2',
        'start connect 100/2',
        'dial 100/2 on port 100',
      )
  })

  it('is not made twice with the same server: the last error is the answer', () => {
    const play = withServers('100', '300')
    play.asks(1, '111').causes('start connect 100/1', 'dial 100/1 on port 100')
    play
      .timeUp('connect 100/1')
      .causes('hang up 100/1', 'start connect 300/1', 'dial 300/1 on port 300')
    refuseAll(play, '300/1').causes(
      'stop connect 300/1',
      'hang up 300/1',
      'answer client 1 to q1: SERVER_UNREACHABLE',
    )
    expect(play.reports('decision.made')).toEqual([])
    expect(play.running).toEqual([])
  })

  it('is made for each message that waits on a kept connection, in their order', () => {
    const play = withServers('100', '300')
    play.keeps('100')
    play.keeps('300')
    play.asks(1, '111').causes('start connect 100/1', 'dial 100/1 on port 100')
    play.asks(2, '222').causes('answer client 2 to q2: NO_SERVER_FOR_POLICY')
    play.asks(1, '111').causes('start connect 300/1', 'dial 300/1 on port 300')
    play.asks(2, '111')
    play.timeUp('connect 100/1').causes('hang up 100/1')
    expect(play.reports('decision.made').map(({ exchange }) => exchange)).toEqual([1, 4])
    play
      .opens('300/1')
      .causes(
        'stop connect 300/1',
        'forward q3 to 300/1',
        'forward q1 to 300/1',
        'forward q4 to 300/1',
        'start reply q3',
        'start reply q1',
        'start reply q4',
      )
  })

  it('is made when a server is removed while it is dialled, without it among the candidates', () => {
    const play = withServers('100', '300')
    play.asks(1, '111').causes('start connect 100/1', 'dial 100/1 on port 100')
    play
      .removes('100')
      .causes(
        'stop connect 100/1',
        'hang up 100/1',
        'start connect 300/1',
        'dial 300/1 on port 300',
      )
    expect(play.reports('upstream.failed')).toEqual([
      { type: 'upstream.failed', exchange: 1, server: '100', reason: 'SERVER_REMOVED' },
    ])
    expect(play.reports('decision.made')).toMatchObject([
      { exchange: 1, attempt: 2, server: '300', candidates: ['300'], passedOver: [] },
    ])
    play.opens('300/1').causes('stop connect 300/1', 'forward q1 to 300/1', 'start reply q1')
    play
      .answers('300/1')
      .causes('stop reply q1', 'hang up 300/1', 'answer client 1 to q1: by 300/1')
  })

  it('is made when a server is removed between two dials', () => {
    const play = withServers('100', '300')
    play.asks(1, '111').causes('start connect 100/1', 'dial 100/1 on port 100')
    play.refuses('100/1').causes('stop connect 100/1', 'start retry 100/1')
    play
      .removes('100')
      .causes('stop retry 100/1', 'hang up 100/1', 'start connect 300/1', 'dial 300/1 on port 300')
  })

  it('is not made for a client that has left', () => {
    const play = withServers('100', '300')
    play.keeps('100')
    play.asks(1, '111').causes('start connect 100/1', 'dial 100/1 on port 100')
    play.leaves(1)
    play.timeUp('connect 100/1').causes('hang up 100/1')
    expect(play.reports('decision.made')).toEqual([])
  })

  it('is not made where the server has the message already', () => {
    const play = withServers('100', '300')
    play.asks(1, '111').causes('start connect 100/1', 'dial 100/1 on port 100')
    play.opens('100/1').causes('stop connect 100/1', 'forward q1 to 100/1', 'start reply q1')
    play
      .closes('100/1')
      .causes('stop reply q1', 'hang up 100/1', 'answer client 1 to q1: SERVER_CLOSED')
  })
})

describe('the algorithm of a policy', () => {
  it('is round-robin until it is set, and begins anew when it is', () => {
    const play = new Play()
    for (const server of ['1', '2']) {
      play
        .registers(server, '111')
        .causes(
          'report row.set',
          ...(server === '1' ? ['report policy.next'] : []),
          `registered on ${1_000 + Number(server)}`,
        )
    }
    const asks = (upstream: string, ...reports: string[]) =>
      play
        .asks(1, '111')
        .causes(
          'report decision.made',
          ...reports,
          `start connect ${upstream}`,
          `dial ${upstream} on port ${upstream.split('/')[0]}`,
        )
    asks('1/1')
    play.setsAlgorithm('111', 'random').causes('report pool.changed', 'report policy.next')
    expect(play.reported).toEqual([
      { type: 'pool.changed', policy: '111', algorithm: 'random' },
      { type: 'policy.next', policy: '111', server: null },
    ])
    play.setsAlgorithm('111', 'random').causes()
    const drawn = createRandom(DEFAULT_SEED, '111').integer(2)
    asks(drawn === 0 ? '1/2' : '2/1')
    expect(play.reports('decision.made')).toMatchObject([
      { algorithm: 'random', reason: { by: 'random', drawn }, next: null },
    ])
    play.setsAlgorithm('111', 'round-robin').causes('report pool.changed', 'report policy.next')
    expect(play.reports('policy.next')).toMatchObject([{ server: '1' }])
  })

  it('can be set before anybody serves the policy', () => {
    const play = new Play()
    play.setsAlgorithm('111', 'random').causes('report pool.changed')
    play.registers('1', '111').causes('report row.set', 'registered on 1001')
    play.asks(1, '111').causes('report decision.made', 'start connect 1/1', 'dial 1/1 on port 1')
    expect(play.reports('decision.made')).toMatchObject([{ algorithm: 'random' }])
  })

  it('leaves what is in flight where it is', () => {
    const play = withServers('1')
    play.asks(1, '111').causes('start connect 1/1', 'dial 1/1 on port 1')
    play.setsAlgorithm('111', 'random').causes()
    play.opens('1/1').causes('stop connect 1/1', 'forward q1 to 1/1', 'start reply q1')
    play.answers('1/1').causes('stop reply q1', 'hang up 1/1', 'answer client 1 to q1: by 1/1')
  })
})

describe('an input that cannot be', () => {
  const never = 99
  const given = { now: 0 }

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
    play.asks(1, '111').causes('start connect 100/1', 'dial 100/1 on port 100')
    expect(() => play.answers('100/1')).toThrow('dialling, not open')
    play.opens('100/1').causes('stop connect 100/1', 'forward q1 to 100/1', 'start reply q1')
    expect(() => play.opens('100/1')).toThrow('closing, not dialling')
  })
})

describe('a server that is down', () => {
  /** 100 is down, and 300 has answered in its place; it is 500's turn, and then 100's. */
  function withOneDown(): Play {
    const play = withServers('100', '300', '500')
    play.asks(1, '111').causes('start connect 100/1', 'dial 100/1 on port 100')
    refuseAll(play, '100/1').causes(
      'stop connect 100/1',
      'hang up 100/1',
      'start connect 300/1',
      'dial 300/1 on port 300',
    )
    play.opens('300/1').causes('stop connect 300/1', 'forward q1 to 300/1', 'start reply q1')
    play
      .answers('300/1')
      .causes('stop reply q1', 'hang up 300/1', 'answer client 1 to q1: by 300/1')
    return play
  }

  it('is passed over, and the receipt says so', () => {
    const play = withOneDown()
    expect([served(play), served(play), served(play)]).toEqual(['500', '300', '500'])
    play.asks(1, '111').causes('start connect 300/3', 'dial 300/3 on port 300')
    expect(play.reports('decision.made')[0]).toMatchObject({
      server: '300',
      candidates: ['100', '300', '500'],
      passedOver: [{ server: '100', why: 'down' }],
      reason: { by: 'round-robin', turn: '100' },
      next: '500',
    })
  })

  it('is up again when it registers', () => {
    const play = withOneDown()
    expect([served(play), served(play), served(play)]).toEqual(['500', '300', '500'])
    play.registers('100', '111').causes('registered on 1100')
    expect(play.reports('row.set')[0]?.row.health).toBe('up')
    expect(served(play)).toBe('100')
  })

  it('is asked when all are down, as a last resort, and is up when it accepts', () => {
    const play = withServers('100', '300')
    play.asks(1, '111').causes('start connect 100/1', 'dial 100/1 on port 100')
    refuseAll(play, '100/1').causes(
      'stop connect 100/1',
      'hang up 100/1',
      'start connect 300/1',
      'dial 300/1 on port 300',
    )
    refuseAll(play, '300/1').causes(
      'stop connect 300/1',
      'hang up 300/1',
      'answer client 1 to q1: SERVER_UNREACHABLE',
    )
    play.asks(1, '111').causes('start connect 100/2', 'dial 100/2 on port 100')
    expect(play.reports('decision.made')[0]).toMatchObject({ server: '100', passedOver: [] })
    play.opens('100/2').causes('stop connect 100/2', 'forward q2 to 100/2', 'start reply q2')
    expect(play.reports('row.set')[0]?.row).toMatchObject({ server: '100', health: 'up' })
    expect(play.reports('policy.next')).toEqual([
      { type: 'policy.next', policy: '111', server: '100' },
    ])
  })

  it('was late once: it is down until it accepts a connection again', () => {
    const play = withServers('100', '300')
    play.asks(1, '111').causes('start connect 100/1', 'dial 100/1 on port 100')
    play.opens('100/1').causes('stop connect 100/1', 'forward q1 to 100/1', 'start reply q1')
    play.timeUp('reply q1').causes('hang up 100/1', 'answer client 1 to q1: SERVER_TIMEOUT')
    expect(play.reports('row.set')[0]?.row).toMatchObject({ server: '100', health: 'down' })
    expect([served(play), served(play)]).toEqual(['300', '300'])
  })
})

describe('answers to one client', () => {
  it('come in the order of its questions', () => {
    const play = withServers('100', '300')
    const upstreams = ['100/1', '300/1', '100/2']
    for (const upstream of upstreams) expect(play.asks(1, '111').dials()).toBe(upstream)
    for (const [index, upstream] of upstreams.entries()) {
      const question = `q${index + 1}`
      play
        .opens(upstream)
        .causes(
          `stop connect ${upstream}`,
          `forward ${question} to ${upstream}`,
          `start reply ${question}`,
        )
    }
    play.answers('300/1').causes('stop reply q2', 'hang up 300/1')
    play.answers('100/2').causes('stop reply q3', 'hang up 100/2')
    play
      .answers('100/1')
      .causes(
        'stop reply q1',
        'hang up 100/1',
        'answer client 1 to q1: by 100/1',
        'answer client 1 to q2: by 300/1',
        'answer client 1 to q3: by 100/2',
      )
  })

  it('do not wait for those to another client', () => {
    const play = withServers('100', '300')
    play.asks(1, '111').causes('start connect 100/1', 'dial 100/1 on port 100')
    play.asks(2, '111').causes('start connect 300/1', 'dial 300/1 on port 300')
    play.opens('100/1').causes('stop connect 100/1', 'forward q1 to 100/1', 'start reply q1')
    play.opens('300/1').causes('stop connect 300/1', 'forward q2 to 300/1', 'start reply q2')
    play
      .answers('300/1')
      .causes('stop reply q2', 'hang up 300/1', 'answer client 2 to q2: by 300/1')
  })

  it('that are errors wait for their turn too', () => {
    const play = withServers('100')
    play.asks(1, '111').causes('start connect 100/1', 'dial 100/1 on port 100')
    play.opens('100/1').causes('stop connect 100/1', 'forward q1 to 100/1', 'start reply q1')
    play.asks(1, '999').causes()
    play.garbles(1, 'NOT_JSON').causes()
    play
      .closes('100/1')
      .causes(
        'stop reply q1',
        'hang up 100/1',
        'answer client 1 to q1: SERVER_CLOSED',
        'answer client 1 to q2: NO_SERVER_FOR_POLICY',
        'answer client 1: NOT_JSON',
      )
  })
})

describe('a fault of a client', () => {
  it('is answered, and the client may go on', () => {
    const play = withServers('100')
    play.garbles(1, 'NOT_JSON').causes('answer client 1: NOT_JSON')
    play.asks(1, '111').causes('start connect 100/1', 'dial 100/1 on port 100')
  })

  it.each([
    ['{"type":0,"srcid":7}', 7],
    ['{"type":0,"srcid":"PP_1"}', 'PP_1'],
    ['{"type":0}', 0],
    ['{"type":0,"srcid":null}', 0],
    ['{"type":0,"srcid":1e999}', 0],
    ['{"type":0,"srcid":""}', 0],
    [`{"type":0,"srcid":"${'x'.repeat(100)}"}`, 0],
    ['null', 0],
    ['{"srcid":7', 0],
  ])('%s is answered to %j', (text, expected) => {
    const play = new Play()
    play.garbles(1, 'WRONG_FIELD', text).causes('report log', 'answer client 1: WRONG_FIELD')
    expect(play.destinations).toEqual([expected])
  })

  it('that is fatal closes the connection after the earlier answers', () => {
    const play = withServers('100')
    play.asks(1, '111').causes('start connect 100/1', 'dial 100/1 on port 100')
    play.opens('100/1').causes('stop connect 100/1', 'forward q1 to 100/1', 'start reply q1')
    play.garbles(1, 'NESTED_TOO_DEEPLY', '', { fatal: true }).causes()
    play
      .answers('100/1')
      .causes(
        'stop reply q1',
        'hang up 100/1',
        'answer client 1 to q1: by 100/1',
        'answer client 1: NESTED_TOO_DEEPLY',
        'close client 1',
      )
  })

  it('is an answer that nobody asked it for', () => {
    const play = withServers('100')
    play.says(1, composeAnswer('100', '1', 'x')).causes('answer client 1: UNEXPECTED_TYPE')
  })
})

describe('kept connections', () => {
  /** Server 100 keeps its connection, which is open and has q1, q2 and q3 of clients 1, 2 and 3 on it. */
  function withThreeWaiting(): Play {
    const play = withServers('100')
    play.keeps('100')
    play.asks(1, '111').causes('start connect 100/1', 'dial 100/1 on port 100')
    for (const client of [2, 3]) play.asks(client, '111').causes()
    play
      .opens('100/1')
      .causes(
        'stop connect 100/1',
        'forward q1 to 100/1',
        'forward q2 to 100/1',
        'forward q3 to 100/1',
        'start reply q1',
        'start reply q2',
        'start reply q3',
      )
    return play
  }

  function answersAll(play: Play): void {
    for (const n of [1, 2, 3]) {
      play.answers('100/1').causes(`stop reply q${n}`, `answer client ${n} to q${n}: by 100/1`)
    }
  }

  it('are dialled once; what is asked meanwhile is forwarded when they open', () => {
    const play = withServers('100')
    play.keeps('100')
    play.asks(1, '111').causes('start connect 100/1', 'dial 100/1 on port 100')
    play.asks(2, '111').causes()
    play
      .opens('100/1')
      .causes(
        'stop connect 100/1',
        'forward q1 to 100/1',
        'forward q2 to 100/1',
        'start reply q1',
        'start reply q2',
      )
    play.asks(3, '111').causes('forward q3 to 100/1', 'start reply q3')
  })

  it('give answers first in, first out, and stay open', () => {
    const play = withThreeWaiting()
    play.answers('100/1', 'first').causes('stop reply q1', 'answer client 1 to q1: first')
    play.answers('100/1', 'second').causes('stop reply q2', 'answer client 2 to q2: second')
    play.answers('100/1', 'third').causes('stop reply q3', 'answer client 3 to q3: third')
    expect(play.running).toEqual([])
    play.asks(4, '111').causes('forward q4 to 100/1', 'start reply q4')
  })

  it.each([
    ['break', (play: Play) => play.closes('100/1'), 'SERVER_CLOSED'],
    ['bring garbage', (play: Play) => play.sendsGarbage('100/1'), 'SERVER_BAD_ANSWER'],
    ['have one answer late', (play: Play) => play.timeUp('reply q1'), 'SERVER_TIMEOUT'],
    ['lose their server', (play: Play) => play.removes('100'), 'SERVER_REMOVED'],
  ])('that %s cost all that wait on them an error', (_, happens, code) => {
    const play = withThreeWaiting()
    happens(play).causes(
      ...(code === 'SERVER_TIMEOUT' ? [] : ['stop reply q1']),
      'stop reply q2',
      'stop reply q3',
      'hang up 100/1',
      `answer client 1 to q1: ${code}`,
      `answer client 2 to q2: ${code}`,
      `answer client 3 to q3: ${code}`,
    )
    expect(play.running).toEqual([])
  })

  it('are dialled again after they broke', () => {
    const play = withThreeWaiting()
    play
      .closes('100/1')
      .causes(
        'stop reply q1',
        'stop reply q2',
        'stop reply q3',
        'hang up 100/1',
        'answer client 1 to q1: SERVER_CLOSED',
        'answer client 2 to q2: SERVER_CLOSED',
        'answer client 3 to q3: SERVER_CLOSED',
      )
    play.asks(1, '111').causes('start connect 100/2', 'dial 100/2 on port 100')
  })

  it('that close with nobody waiting cost nobody anything', () => {
    const play = withThreeWaiting()
    answersAll(play)
    play.closes('100/1').causes('hang up 100/1')
    expect(play.reported).toEqual([])
  })

  it('are hung up on an answer that nobody asked for', () => {
    const play = withThreeWaiting()
    answersAll(play)
    play.answers('100/1').causes('hang up 100/1')
    expect(play.reports('log')[0]?.level).toBe('warning')
  })

  it('switched off while some wait take no more, and close after the last answer', () => {
    const play = withThreeWaiting()
    play.keeps('100', false).causes()
    play.asks(4, '111').causes('start connect 100/2', 'dial 100/2 on port 100')
    play.answers('100/1').causes('stop reply q1', 'answer client 1 to q1: by 100/1')
    play.answers('100/1').causes('stop reply q2', 'answer client 2 to q2: by 100/1')
    play
      .answers('100/1', 'third')
      .causes('stop reply q3', 'hang up 100/1', 'answer client 3 to q3: third')
  })

  it('switched off while nobody waits close at once', () => {
    const play = withThreeWaiting()
    answersAll(play)
    play.keeps('100', false).causes('hang up 100/1')
  })

  it('are left for new ones when the server registers at another port', () => {
    const play = withThreeWaiting()
    play.registers('100', '111', { port: 2222 }).causes('registered on 1100')
    play.asks(4, '111').causes('start connect 100/2', 'dial 100/2 on port 2222')
    play.answers('100/1', 'first').causes('stop reply q1', 'answer client 1 to q1: first')
  })

  it('are kept to a server whose setting comes before it registers', () => {
    const play = new Play()
    play.keeps('100').causes()
    play
      .registers('100', '111')
      .causes('report row.set', 'report policy.next', 'registered on 1100')
    play
      .asks(1, '111')
      .causes('report decision.made', 'start connect 100/1', 'dial 100/1 on port 100')
    play.opens('100/1').causes('stop connect 100/1', 'forward q1 to 100/1', 'start reply q1')
    play.answers('100/1', 'x').causes('stop reply q1', 'answer client 1 to q1: x')
    play.asks(1, '111').causes('report decision.made', 'forward q2 to 100/1', 'start reply q2')
  })
})

describe('a client that leaves', () => {
  it('has its connection per message hung up', () => {
    const play = withServers('100', '300')
    play.asks(1, '111').causes('start connect 100/1', 'dial 100/1 on port 100')
    play.asks(2, '111').causes('start connect 300/1', 'dial 300/1 on port 300')
    play.opens('100/1').causes('stop connect 100/1', 'forward q1 to 100/1', 'start reply q1')
    play.leaves(1).causes('stop reply q1', 'hang up 100/1')
    expect(play.running).toEqual(['connect 300/1'])
    play.opens('300/1').causes('stop connect 300/1', 'forward q2 to 300/1', 'start reply q2')
    play.answers('300/1', 'x').causes('stop reply q2', 'hang up 300/1', 'answer client 2 to q2: x')
  })

  it('has its dial called off, and its tries again', () => {
    const play = withServers('100')
    play.asks(1, '111').causes('start connect 100/1', 'dial 100/1 on port 100')
    play.refuses('100/1').causes('stop connect 100/1', 'start retry 100/1')
    play.leaves(1).causes('stop retry 100/1', 'hang up 100/1')
    expect(play.running).toEqual([])
  })

  it('leaves its answer on a kept connection to nobody, and others get theirs', () => {
    const play = withServers('100')
    play.keeps('100')
    play.asks(1, '111').causes('start connect 100/1', 'dial 100/1 on port 100')
    for (const client of [2, 1]) play.asks(client, '111').causes()
    play
      .opens('100/1')
      .causes(
        'stop connect 100/1',
        'forward q1 to 100/1',
        'forward q2 to 100/1',
        'forward q3 to 100/1',
        'start reply q1',
        'start reply q2',
        'start reply q3',
      )
    play.leaves(1).causes()
    play.answers('100/1', 'first').causes('stop reply q1')
    play.answers('100/1', 'second').causes('stop reply q2', 'answer client 2 to q2: second')
    play.answers('100/1', 'third').causes('stop reply q3')
    expect(play.running).toEqual([])
  })

  it('gets no error either when the kept connection breaks', () => {
    const play = withServers('100')
    play.keeps('100')
    play.asks(1, '111').causes('start connect 100/1', 'dial 100/1 on port 100')
    play.asks(2, '111')
    play
      .opens('100/1')
      .causes(
        'stop connect 100/1',
        'forward q1 to 100/1',
        'forward q2 to 100/1',
        'start reply q1',
        'start reply q2',
      )
    play.leaves(1)
    play
      .closes('100/1')
      .causes(
        'stop reply q1',
        'stop reply q2',
        'hang up 100/1',
        'answer client 2 to q2: SERVER_CLOSED',
      )
  })

  it('with nothing asked changes nothing', () => {
    const play = withServers('100')
    play.garbles(1, 'NOT_JSON').causes('answer client 1: NOT_JSON')
    play.leaves(1).causes()
    play.leaves(1).causes()
    play.leaves(99).causes()
  })
})

describe('removing a server', () => {
  it('takes it out of the table and its turn with it', () => {
    const play = withServers('100', '300')
    play.removes('100').causes()
    expect(play.reported).toEqual([
      { type: 'row.removed', server: '100' },
      { type: 'policy.next', policy: '111', server: '300' },
    ])
  })

  it('that is not there changes nothing', () => {
    const play = withServers('100')
    play.removes('999').causes()
    expect(play.reported).toEqual([])
  })

  it('whose id another program has registered since leaves that one its row', () => {
    const play = withServers('100')
    play.keeps('100')
    play.asks(1, '111').causes('start connect 100/1', 'dial 100/1 on port 100')
    play.opens('100/1').causes('stop connect 100/1', 'forward q1 to 100/1', 'start reply q1')
    play.answers('100/1').causes('stop reply q1', 'answer client 1 to q1: by 100/1')
    const outsider = composeRegistration('100', '111', 7_000)
    play
      .says(9, outsider, { node: 'outside:server:100' })
      .causes('hang up 100/1', 'registered on 9')
    play.removes('100').causes()
    expect(play.reported).toEqual([])
    play.asks(1, '111').causes('start connect 100/2', 'dial 100/2 on port 7000')
    play.opens('100/2').causes('stop connect 100/2', 'forward q2 to 100/2', 'start reply q2')
    // Whether to keep the connection was said of the inside server.
    play.answers('100/2', 'x').causes('stop reply q2', 'hang up 100/2', 'answer client 1 to q2: x')
  })

  it('ends its tries again', () => {
    const play = withServers('100')
    play.asks(1, '111').causes('start connect 100/1', 'dial 100/1 on port 100')
    play.refuses('100/1').causes('stop connect 100/1', 'start retry 100/1')
    play
      .removes('100')
      .causes('stop retry 100/1', 'hang up 100/1', 'answer client 1 to q1: SERVER_REMOVED')
    expect(play.running).toEqual([])
  })
})
