import { describe, expect, it } from 'vitest'
import { composeAnswer } from '../../../shared/protocol/compose'
import { Play } from './playbook.testing'
import {
  answered,
  expectAnswered,
  expectDialled,
  expectForwarded,
  withServers,
} from './plays.testing'

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
        ...answered('100/1', 1, 'q1'),
        'answer client 1 to q2: by 300/1',
        'answer client 1 to q3: by 100/2',
      )
  })

  it('do not wait for those to another client', () => {
    const play = withServers('100', '300')
    expectDialled(play, 1, '100/1')
    expectDialled(play, 2, '300/1')
    expectForwarded(play, '100/1', 'q1')
    expectForwarded(play, '300/1', 'q2')
    expectAnswered(play, '300/1', 2, 'q2')
    play.leavesOpen('q1', '100/1', 'reply q1')
  })

  it('that are errors wait for their turn too', () => {
    const play = withServers('100')
    expectDialled(play, 1, '100/1')
    expectForwarded(play, '100/1', 'q1')
    play.asks(1, '999').causes('report decision.made', 'report log')
    play.garbles(1, 'NOT_JSON').causes('report log')
    play
      .closes('100/1')
      .causes(
        'stop reply q1',
        'hang up 100/1',
        'report upstream.failed',
        'answer client 1 to q1: SERVER_CLOSED',
        'answer client 1 to q2: NO_SERVER_FOR_POLICY',
        'answer client 1: NOT_JSON',
      )
  })
})

describe('a fault of a client', () => {
  it('is answered, and the client may go on', () => {
    const play = withServers('100')
    play.garbles(1, 'NOT_JSON').causes('report log', 'answer client 1: NOT_JSON')
    expectDialled(play, 1, '100/1')
    play.leavesOpen('q1', '100/1', 'connect 100/1')
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
    expectDialled(play, 1, '100/1')
    expectForwarded(play, '100/1', 'q1')
    play.garbles(1, 'NESTED_TOO_DEEPLY', '', { fatal: true }).causes('report log')
    play
      .answers('100/1')
      .causes(...answered('100/1', 1, 'q1'), 'answer client 1: NESTED_TOO_DEEPLY', 'close client 1')
  })

  it('is an answer that nobody asked it for', () => {
    const play = withServers('100')
    play
      .says(1, composeAnswer('100', '1', 'x'))
      .causes('report log', 'answer client 1: UNEXPECTED_TYPE')
  })
})

describe('a client that leaves', () => {
  it('has its connection per message hung up', () => {
    const play = withServers('100', '300')
    expectDialled(play, 1, '100/1')
    expectDialled(play, 2, '300/1')
    expectForwarded(play, '100/1', 'q1')
    play.leaves(1).causes('report upstream.left', 'stop reply q1', 'hang up 100/1')
    expect(play.running).toEqual(['connect 300/1'])
    expectForwarded(play, '300/1', 'q2')
    play.answers('300/1', 'x').causes('stop reply q2', 'hang up 300/1', 'answer client 2 to q2: x')
  })

  it('has its dial called off, and its tries again', () => {
    const play = withServers('100')
    expectDialled(play, 1, '100/1')
    play.refuses('100/1').causes('stop connect 100/1', 'report log', 'start retry 100/1')
    play.leaves(1).causes('report upstream.left', 'stop retry 100/1', 'hang up 100/1')
    expect(play.running).toEqual([])
  })

  it('leaves its answer on a kept connection to nobody, and others get theirs', () => {
    const play = withServers('100')
    play.keeps('100')
    expectDialled(play, 1, '100/1')
    for (const client of [2, 1]) play.asks(client, '111').causes('report decision.made')
    play
      .opens('100/1')
      .causes(
        'stop connect 100/1',
        'forward q1 to 100/1',
        'forward q2 to 100/1',
        'forward q3 to 100/1',
        'start reply q1',
      )
    play.leaves(1).causes()
    play.answers('100/1', 'first').causes()
    play.answers('100/1', 'second').causes('answer client 2 to q2: second')
    play.answers('100/1', 'third').causes('stop reply q1')
    expect(play.running).toEqual([])
    play.leavesOpen('100/1')
  })

  it('gets no error either when the kept connection breaks', () => {
    const play = withServers('100')
    play.keeps('100')
    expectDialled(play, 1, '100/1')
    play.asks(2, '111').causes('report decision.made')
    play
      .opens('100/1')
      .causes('stop connect 100/1', 'forward q1 to 100/1', 'forward q2 to 100/1', 'start reply q1')
    play.leaves(1)
    play
      .closes('100/1')
      .causes(
        'stop reply q1',
        'hang up 100/1',
        'report upstream.failed',
        'report upstream.failed',
        'answer client 2 to q2: SERVER_CLOSED',
      )
  })

  it('with nothing asked changes nothing', () => {
    const play = withServers('100')
    play.garbles(1, 'NOT_JSON').causes('report log', 'answer client 1: NOT_JSON')
    play.leaves(1).causes()
    play.leaves(1).causes()
    play.leaves(99).causes()
  })
})
