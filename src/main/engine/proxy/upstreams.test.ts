import { describe, expect, it } from 'vitest'
import { composeClientMessage, composeErrorAnswer } from '../../../shared/protocol/compose'
import { fault } from '../../../shared/protocol/errors'
import type { Play } from './playbook.testing'
import {
  expectAnswered,
  expectDialled,
  expectForwarded,
  IS_DOWN,
  refuseAll,
  STOP_REPLY,
  served,
  wentDown,
  withServers,
} from './plays.testing'

/** An error as a server sends it that has something to complain about. */
const SERVER_ERROR = composeErrorAnswer(0, fault('UNEXPECTED_TYPE'))

describe('a connection per message', () => {
  it('is dialled, gets the message, gives the answer, and is hung up', () => {
    const play = withServers('100')
    expectDialled(play, 1, '100/1')
    expect(play.running).toEqual(['connect 100/1'])
    expectForwarded(play, '100/1', 'q1')
    expect(play.running).toEqual(['reply q1'])
    expectAnswered(play, '100/1', 1, 'q1')
    expect(play.running).toEqual([])
  })

  it('has its limit for the answer from when the link hands the message over', () => {
    const play = withServers('100')
    play.handsOverAtOnce = false
    expectDialled(play, 1, '100/1')
    play.opens('100/1').causes('stop connect 100/1', 'forward q1 to 100/1')
    expect(play.running).toEqual([])
    play.handsOver('100/1', 1).causes('start reply q1')
    expect(play.running).toEqual(['reply q1'])
    expectAnswered(play, '100/1', 1, 'q1')
    expect(play.running).toEqual([])
  })

  it('has one limit where it is sent twice by hand, and none once it is answered', () => {
    const play = withServers('100')
    play.handsOverAtOnce = false
    expectDialled(play, 1, '100/1')
    play.opens('100/1').causes('stop connect 100/1', 'forward q1 to 100/1')
    play.handsOver('100/1', 1).causes('start reply q1')
    play.handsOver('100/1', 1)
    expect(play.running).toEqual(['reply q1'])
    expectAnswered(play, '100/1', 1, 'q1')
    play.handsOver('100/1', 1)
    expect(play.running).toEqual([])
  })

  it('is refused under its own number where it was edited to what is none', () => {
    const play = withServers('100')
    play
      .garbles(1, 'NOT_JSON', 'garbage', { exchange: 4 })
      .causes('report log', 'answer client 1 to q4: NOT_JSON')
  })

  it('does not wait for another message of the same client or server', () => {
    const play = withServers('100')
    expectDialled(play, 1, '100/1')
    expectDialled(play, 1, '100/2')
    expectDialled(play, 2, '100/3')
    play.leavesOpen(
      'q1',
      'q2',
      'q3',
      '100/1',
      '100/2',
      '100/3',
      'connect 100/1',
      'connect 100/2',
      'connect 100/3',
    )
  })

  it('passes on the error that a server answers with', () => {
    const play = withServers('100')
    expectDialled(play, 1, '100/1')
    expectForwarded(play, '100/1', 'q1')
    play
      .sends('100/1', SERVER_ERROR)
      .causes(
        'stop reply q1',
        'hang up 100/1',
        'answer client 1 to q1: A message of this type does not belong here.',
      )
  })

  it.each([
    ['closes', (play: Play) => play.closes('100/1'), 'SERVER_CLOSED', STOP_REPLY],
    [
      'answers garbage',
      (play: Play) => play.sendsGarbage('100/1'),
      'SERVER_BAD_ANSWER',
      STOP_REPLY,
    ],
    [
      'answers with a question',
      (play: Play) => play.sends('100/1', composeClientMessage('1', '111', 'x')),
      'SERVER_BAD_ANSWER',
      STOP_REPLY,
    ],
    ['says nothing', (play: Play) => play.timeUp('reply q1'), 'SERVER_TIMEOUT', IS_DOWN],
    [
      'is removed',
      (play: Play) => play.removes('100'),
      'SERVER_REMOVED',
      ['report row.removed', ...STOP_REPLY],
    ],
  ])('that %s costs one message an error', (_, happens, code, first) => {
    const play = withServers('100', '300')
    expectDialled(play, 1, '100/1')
    expectForwarded(play, '100/1', 'q1')
    happens(play).causes(
      ...first,
      'hang up 100/1',
      'report upstream.failed',
      `answer client 1 to q1: ${code}`,
    )
    expect(play.reports('upstream.failed')).toMatchObject([
      { type: 'upstream.failed', exchange: 1, server: '100', reason: code },
    ])
    expect(play.running).toEqual([])
    expect(served(play)).toBe('300')
  })

  it('that the server closes or answers on once it is hung up changes nothing', () => {
    const play = withServers('100')
    expectDialled(play, 1, '100/1')
    expectForwarded(play, '100/1', 'q1')
    expectAnswered(play, '100/1', 1, 'q1')
    play.closes('100/1').causes()
    play.answers('100/1').causes()
    play.opens('100/1').causes()
    expect(play.reported).toEqual([])
  })
})

describe('a server that cannot be reached', () => {
  it('is tried again for a moment where it has only just registered', () => {
    const play = withServers('100')
    expectDialled(play, 1, '100/1')
    play.refuses('100/1').causes('stop connect 100/1', 'report log', 'start retry 100/1')
    expect(play.running).toEqual(['retry 100/1'])
    play.timeUp('retry 100/1').causes('start connect 100/1', 'dial 100/1 on port 100')
    expect(play.running).toEqual(['connect 100/1'])
    expectForwarded(play, '100/1', 'q1')
    play.leavesOpen('q1', '100/1', 'reply q1')
  })

  it('costs an error and is down after the last try', () => {
    const play = withServers('100')
    expectDialled(play, 1, '100/1')
    refuseAll(play, '100/1').causes(
      'stop connect 100/1',
      ...wentDown('100/1'),
      'answer client 1 to q1: SERVER_UNREACHABLE',
    )
    expect(play.running).toEqual([])
    expect(play.reports('row.set')[0]?.row).toMatchObject({ server: '100', health: 'down' })
  })

  it('costs an error at once where it has accepted a connection before', () => {
    const play = withServers('100')
    served(play)
    expectDialled(play, 1, '100/2')
    play
      .refuses('100/2')
      .causes(
        'stop connect 100/2',
        ...wentDown('100/2'),
        'answer client 1 to q2: SERVER_UNREACHABLE',
      )
  })

  it('is given its moment again once it registers again', () => {
    const play = withServers('100')
    served(play)
    play.registers('100', '111').causes('report row.set', 'registered on 1100')
    expectDialled(play, 1, '100/2')
    play.refuses('100/2').causes('stop connect 100/2', 'report log', 'start retry 100/2')
    expect(play.running).toEqual(['retry 100/2'])
    play.leavesOpen('q2', '100/2', 'retry 100/2')
  })

  it('is dialled where it is by then, when it registers elsewhere between two tries', () => {
    const play = withServers('100')
    expectDialled(play, 1, '100/1')
    play.refuses('100/1').causes('stop connect 100/1', 'report log', 'start retry 100/1')
    play.registers('100', '111', { port: 2222 }).causes('report row.set', 'registered on 1100')
    play.timeUp('retry 100/1').causes('start connect 100/1', 'dial 100/1 on port 2222')
    play.leavesOpen('q1', '100/1', 'connect 100/1')
  })

  it('costs an error when it does not accept in time', () => {
    const play = withServers('100')
    expectDialled(play, 1, '100/1')
    play
      .timeUp('connect 100/1')
      .causes(...wentDown('100/1'), 'answer client 1 to q1: SERVER_CONNECT_TIMEOUT')
    expect(play.running).toEqual([])
    expect(play.reports('row.set')[0]?.row.health).toBe('down')
  })
})
