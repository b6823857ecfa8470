import { describe, expect, it } from 'vitest'
import { Play } from './playbook.testing'
import { expectDialled, expectForwarded, IS_DOWN, STOP_REPLY, withServers } from './plays.testing'

describe('kept connections', () => {
  /** Server 100 keeps its connection, which is open and has q1, q2 and q3 of clients 1, 2 and 3 on it. */
  function withThreeWaiting(): Play {
    const play = withServers('100')
    play.keeps('100')
    expectDialled(play, 1, '100/1')
    for (const client of [2, 3]) play.asks(client, '111').causes('report decision.made')
    play
      .opens('100/1')
      .causes(
        'stop connect 100/1',
        'forward q1 to 100/1',
        'forward q2 to 100/1',
        'forward q3 to 100/1',
        'start reply q1',
      )
    return play
  }

  /** The limit of the first is that of the next ones, too. */
  function answersAll(play: Play): void {
    for (const n of [1, 2]) {
      play.answers('100/1').causes(`answer client ${n} to q${n}: by 100/1`)
    }
    play.answers('100/1').causes('stop reply q1', 'answer client 3 to q3: by 100/1')
  }

  it('are dialled once; what is asked meanwhile is forwarded when they open', () => {
    const play = withServers('100')
    play.keeps('100')
    expectDialled(play, 1, '100/1')
    play.asks(2, '111').causes('report decision.made')
    play
      .opens('100/1')
      .causes('stop connect 100/1', 'forward q1 to 100/1', 'forward q2 to 100/1', 'start reply q1')
    play.asks(3, '111').causes('report decision.made', 'forward q3 to 100/1')
    play.leavesOpen('q1', 'q2', 'q3', '100/1', 'reply q1')
  })

  it('give answers first in, first out, and stay open', () => {
    const play = withThreeWaiting()
    play.answers('100/1', 'first').causes('answer client 1 to q1: first')
    play.answers('100/1', 'second').causes('answer client 2 to q2: second')
    play.answers('100/1', 'third').causes('stop reply q1', 'answer client 3 to q3: third')
    expect(play.running).toEqual([])
    play.asks(4, '111').causes('report decision.made', 'forward q4 to 100/1', 'start reply q4')
    play.leavesOpen('q4', '100/1', 'reply q4')
  })

  it.each([
    ['break', (play: Play) => play.closes('100/1'), 'SERVER_CLOSED', STOP_REPLY],
    ['bring garbage', (play: Play) => play.sendsGarbage('100/1'), 'SERVER_BAD_ANSWER', STOP_REPLY],
    ['have one answer late', (play: Play) => play.timeUp('reply q1'), 'SERVER_TIMEOUT', IS_DOWN],
    [
      'lose their server',
      (play: Play) => play.removes('100'),
      'SERVER_REMOVED',
      ['report row.removed', 'report policy.next', ...STOP_REPLY],
    ],
  ])('that %s cost all that wait on them an error', (_, happens, code, first) => {
    const play = withThreeWaiting()
    happens(play).causes(
      ...first,
      'hang up 100/1',
      'report upstream.failed',
      `answer client 1 to q1: ${code}`,
      'report upstream.failed',
      `answer client 2 to q2: ${code}`,
      'report upstream.failed',
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
        'hang up 100/1',
        'report upstream.failed',
        'answer client 1 to q1: SERVER_CLOSED',
        'report upstream.failed',
        'answer client 2 to q2: SERVER_CLOSED',
        'report upstream.failed',
        'answer client 3 to q3: SERVER_CLOSED',
      )
    expectDialled(play, 1, '100/2')
    play.leavesOpen('q4', '100/2', 'connect 100/2')
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
    play.answers('100/1').causes('hang up 100/1', 'report log')
    expect(play.reports('log')[0]?.level).toBe('warning')
  })

  it('switched off while some wait take no more, and close after the last answer', () => {
    const play = withThreeWaiting()
    play.keeps('100', false).causes()
    expectDialled(play, 4, '100/2')
    play.answers('100/1').causes('answer client 1 to q1: by 100/1')
    play.answers('100/1').causes('answer client 2 to q2: by 100/1')
    play
      .answers('100/1', 'third')
      .causes('stop reply q1', 'hang up 100/1', 'answer client 3 to q3: third')
    play.leavesOpen('q4', '100/2', 'connect 100/2')
  })

  it('switched off while nobody waits close at once', () => {
    const play = withThreeWaiting()
    answersAll(play)
    play.keeps('100', false).causes('hang up 100/1')
  })

  it('are left for new ones when the server registers at another port', () => {
    const play = withThreeWaiting()
    play.registers('100', '111', { port: 2222 }).causes('report row.set', 'registered on 1100')
    play
      .asks(4, '111')
      .causes('report decision.made', 'start connect 100/2', 'dial 100/2 on port 2222')
    play.answers('100/1', 'first').causes('answer client 1 to q1: first')
    play.leavesOpen('q2', 'q3', 'q4', '100/1', '100/2', 'reply q1', 'connect 100/2')
  })

  it('are kept to a server whose setting comes before it registers', () => {
    const play = new Play()
    play.keeps('100').causes()
    play
      .registers('100', '111')
      .causes('report row.set', 'report policy.next', 'registered on 1100')
    expectDialled(play, 1, '100/1')
    expectForwarded(play, '100/1', 'q1')
    play.answers('100/1', 'x').causes('stop reply q1', 'answer client 1 to q1: x')
    play.asks(1, '111').causes('report decision.made', 'forward q2 to 100/1', 'start reply q2')
    play.leavesOpen('q2', '100/1', 'reply q2')
  })
})
