import { describe, expect, it } from 'vitest'
import { DEFAULT_SEED, MAX_SERVERS } from '../../../shared/limits'
import { composeRegistration } from '../../../shared/protocol/compose'
import { settled } from '../../../shared/settings/derive'
import { POOL_SETTINGS } from '../../../shared/settings/pool'
import { createRandom } from '../clock/random'
import { Play } from './playbook.testing'
import {
  expectAnswered,
  expectDialled,
  expectForwarded,
  served,
  withServers,
} from './plays.testing'

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
    play
      .registers('100', '111', { port: 999, address: '10.0.0.7' })
      .causes('report row.set', 'registered on 1100')
    expect(play.reports('policy.next')).toEqual([])
    expect(served(play)).toBe('300')
    play
      .asks(2, '111')
      .causes('report decision.made', 'start connect 100/2', 'dial 100/2 on port 999')
    play.leavesOpen('q3', '100/2', 'connect 100/2')
  })

  it('for another policy leaves the first one and joins the end of the second', () => {
    const play = withServers('100', '300')
    play
      .registers('200', '222')
      .causes('report row.set', 'report policy.next', 'registered on 1200')
    play
      .registers('100', '222')
      .causes('report row.set', 'report policy.next', 'registered on 1100')
    expect(play.reports('policy.next')).toEqual([
      { type: 'policy.next', policy: '111', server: '300' },
    ])
    expect([served(play), served(play)]).toEqual(['300', '300'])
    expect([served(play, '222'), served(play, '222')]).toEqual(['200', '100'])
  })

  it('of the only server for another policy leaves nobody', () => {
    const play = withServers('100')
    play
      .registers('100', '222')
      .causes('report row.set', 'report policy.next', 'report policy.next', 'registered on 1100')
    expect(play.reports('policy.next')).toContainEqual({
      type: 'policy.next',
      policy: '111',
      server: null,
    })
    play
      .asks(1, '111')
      .causes('report decision.made', 'report log', 'answer client 1 to q1: NO_SERVER_FOR_POLICY')
  })

  it('past the limit of the table is refused; those in it may register again', () => {
    const play = new Play()
    for (let id = 1; id <= MAX_SERVERS; id++) {
      const news = id === 1 ? ['report row.set', 'report policy.next'] : ['report row.set']
      play.registers(String(id), '111').causes(...news, `registered on ${1_000 + id}`)
    }
    play
      .registers('5000', '111')
      .causes('report log', 'report log', 'answer client 6000: TABLE_FULL')
    expect(play.reports('row.set')).toEqual([])
    play.registers('7', '222').causes('report row.set', 'report policy.next', 'registered on 1007')
    play.removes('8').causes('report row.removed')
    play.registers('5000', '111').causes('report row.set', 'registered on 6000')
  })
})

describe('removing a server', () => {
  it('takes it out of the table and its turn with it', () => {
    const play = withServers('100', '300')
    play.removes('100').causes('report row.removed', 'report policy.next')
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
    expectDialled(play, 1, '100/1')
    expectForwarded(play, '100/1', 'q1')
    play.answers('100/1').causes('stop reply q1', 'answer client 1 to q1: by 100/1')
    const outsider = composeRegistration('100', '111', 7_000)
    play
      .says(9, outsider, { node: 'outside:server:100' })
      .causes(
        'hang up 100/1',
        'report row.set',
        'report log',
        'report log',
        'report log',
        'registered on 9',
      )
    play.removes('100').causes()
    expect(play.reported).toEqual([])
    play
      .asks(1, '111')
      .causes('report decision.made', 'start connect 100/2', 'dial 100/2 on port 7000')
    expectForwarded(play, '100/2', 'q2')
    // Whether to keep the connection was said of the inside server.
    play.answers('100/2', 'x').causes('stop reply q2', 'hang up 100/2', 'answer client 1 to q2: x')
  })

  it('ends its tries again', () => {
    const play = withServers('100')
    expectDialled(play, 1, '100/1')
    play.refuses('100/1').causes('stop connect 100/1', 'report log', 'start retry 100/1')
    play
      .removes('100')
      .causes(
        'report row.removed',
        'report policy.next',
        'stop retry 100/1',
        'hang up 100/1',
        'report upstream.failed',
        'answer client 1 to q1: SERVER_REMOVED',
      )
    expect(play.running).toEqual([])
  })
})

describe('round-robin', () => {
  it('sends five messages over servers 1 and 2 to 1, 2, 1, 2, 1', () => {
    const play = withServers('1', '2')
    expect(Array.from({ length: 5 }, () => served(play))).toEqual(['1', '2', '1', '2', '1'])
  })

  it('is per policy', () => {
    const play = withServers('100', '300')
    play
      .registers('200', '222')
      .causes('report row.set', 'report policy.next', 'registered on 1200')
    play.registers('400', '222').causes('report row.set', 'registered on 1400')
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
    play.registers('4', '111').causes('report row.set', 'registered on 1004')
    expect(served(play)).toBe('3')
    play.removes('1').causes('report row.removed')
    expect([served(play), served(play), served(play)]).toEqual(['4', '2', '3'])
    play.removes('4').causes('report row.removed', 'report policy.next')
    expect([served(play), served(play)]).toEqual(['2', '3'])
  })

  it('gives a receipt for each decision', () => {
    const play = withServers('1', '2')
    served(play)
    expectDialled(play, 1, '2/1')
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
    play.leavesOpen('q2', '2/1', 'connect 2/1')
  })

  it('answers where nobody serves the policy, with a receipt', () => {
    const play = withServers('1')
    play
      .asks(7, '999')
      .causes('report decision.made', 'report log', 'answer client 7 to q1: NO_SERVER_FOR_POLICY')
    expect(play.reports('decision.made')[0]).toMatchObject({
      server: null,
      candidates: [],
      next: null,
    })
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
    play
      .setsPool('111', { algorithm: 'random' })
      .causes('report pool.changed', 'report policy.next')
    expect(play.reported).toEqual([
      {
        type: 'pool.changed',
        policy: '111',
        ...settled(POOL_SETTINGS, { algorithm: 'random' }),
      },
      { type: 'policy.next', policy: '111', server: null },
    ])
    play.setsPool('111', { algorithm: 'random' }).causes()
    const drawn = createRandom(DEFAULT_SEED, '111').integer(2)
    asks(drawn === 0 ? '1/2' : '2/1')
    expect(play.reports('decision.made')).toMatchObject([
      { algorithm: 'random', reason: { by: 'random', drawn }, next: null },
    ])
    play
      .setsPool('111', { algorithm: 'round-robin' })
      .causes('report pool.changed', 'report policy.next')
    expect(play.reports('policy.next')).toMatchObject([{ server: '1' }])
    play.leavesOpen('q1', 'q2', '1/1', '2/1', 'connect 1/1', 'connect 2/1')
  })

  it('can be set before anybody serves the policy', () => {
    const play = new Play()
    play.setsPool('111', { algorithm: 'random' }).causes('report pool.changed')
    play.registers('1', '111').causes('report row.set', 'registered on 1001')
    expectDialled(play, 1, '1/1')
    expect(play.reports('decision.made')).toMatchObject([{ algorithm: 'random' }])
    play.leavesOpen('q1', '1/1', 'connect 1/1')
  })

  it('leaves what is in flight where it is', () => {
    const play = withServers('1')
    expectDialled(play, 1, '1/1')
    play
      .setsPool('111', { algorithm: 'random' })
      .causes('report pool.changed', 'report policy.next')
    expectForwarded(play, '1/1', 'q1')
    expectAnswered(play, '1/1', 1, 'q1')
  })
})
