import { describe, expect, it } from 'vitest'
import { REPLY_LIMIT_MS } from '../../../shared/limits'
import { composeRegistration } from '../../../shared/protocol/compose'
import { Play } from './playbook.testing'
import { expectAnswered, expectDialled, refuseAll, wentDown, withServers } from './plays.testing'

const OUTSIDER = 'outside:server:7'

/** Server 7 is an outside program, which has registered over connection 9. */
function withOutsider(): Play {
  const play = new Play()
  play
    .says(9, composeRegistration('7', '111', 7), { node: OUTSIDER })
    .causes('report row.set', 'report policy.next', 'registered on 9')
  return play
}

/** So much real time passes before the next input. */
function passes(play: Play, ms: number, { speed = 1 } = {}): void {
  play.ranForMs += ms
  play.now += ms * speed
}

function asks(play: Play, question: number, upstream: string): void {
  const [server] = upstream.split('/')
  play
    .asks(1, '111')
    .causes(
      'report decision.made',
      `start connect ${upstream}`,
      `dial ${upstream} on port ${server}`,
    )
  play
    .opens(upstream)
    .causes(
      `stop connect ${upstream}`,
      `forward q${question} to ${upstream}`,
      `start reply q${question}`,
    )
}

/** What was said of the failure. */
function words(play: Play): string {
  return play.reports('upstream.failed').map(({ detail }) => detail)[0] ?? ''
}

const NOTED = 'report socket.noted'
const FAILS = ['report upstream.failed', 'answer client 1 to q1: SERVER_TIMEOUT']

describe('an outside server that is silent', () => {
  function silentPlay(): Play {
    const play = withOutsider()
    asks(play, 1, '7/1')
    play.timeUp('reply q1').causes('give 7/1 a newline', 'start probe q1')
    return play
  }

  it('reads lines, if it answers to a newline', () => {
    const play = silentPlay()
    play
      .answers('7/1')
      .causes(NOTED, 'report row.set', 'report log', 'stop probe q1', 'hang up 7/1', ...FAILS)
    expect(words(play)).toContain('it seems to read lines')
    expect(play.reports('socket.noted')).toMatchObject([{ what: 'answers newline' }])
  })

  it('reads until the end, if it answers to that', () => {
    const play = silentPlay()
    play.timeUp('probe q1').causes('give 7/1 a end', 'start probe q1')
    play
      .answers('7/1')
      .causes(NOTED, 'report row.set', 'report log', 'stop probe q1', 'hang up 7/1', ...FAILS)
    expect(words(play)).toContain('it seems to read until the end')
  })

  it('may wait where it registered, if that connection is open', () => {
    const play = silentPlay()
    play.timeUp('probe q1').causes('give 7/1 a end', 'start probe q1')
    play.timeUp('probe q1').causes('report row.set', 'report log', 'hang up 7/1', ...FAILS)
    expect(words(play)).toContain('still has the connection open that it registered on')
  })

  it('closes at last: it was silent all the same', () => {
    const play = silentPlay()
    play.leaves(9).causes()
    play
      .closes('7/1')
      .causes('report row.set', 'report log', 'stop probe q1', 'hang up 7/1', ...FAILS)
    expect(words(play)).toContain('Does it call accept()')
  })
})

describe('a server that refuses the connection', () => {
  function refusedPlay(leaves: boolean): string {
    const play = withOutsider()
    if (leaves) play.leaves(9).causes()
    expectDialled(play, 1, '7/1')
    refuseAll(play, '7/1').causes(
      'stop connect 7/1',
      NOTED,
      'seek outside:server:7',
      ...wentDown('7/1'),
      'answer client 1 to q1: SERVER_UNREACHABLE',
    )
    return words(play)
  }

  it('is said to wait on the connection that it registered on, while that is open', () => {
    expect(refusedPlay(false)).toContain('A registration gets no answer')
    expect(refusedPlay(true)).toBe(
      'Server 7 refused the connection on port 7: is it still running? (refused)',
    )
  })
})

describe('the time that a message waits while the server works on earlier ones', () => {
  it('is not the server’s silence', () => {
    const play = withServers('100')
    asks(play, 1, '100/1')
    asks(play, 2, '100/2')
    play.now = 8_000
    expectAnswered(play, '100/1', 1, 'q1')
    play.now = REPLY_LIMIT_MS
    play.timeUp('reply q2').causes('start reply q2')
    play.now = 8_000 + REPLY_LIMIT_MS
    play.timeUp('reply q2').causes(...wentDown('100/2'), 'answer client 1 to q2: SERVER_TIMEOUT')
  })

  it('is its silence, if it has answered later ones meanwhile', () => {
    const play = withServers('100')
    asks(play, 1, '100/1')
    asks(play, 2, '100/2')
    play.now = 8_000
    play.answers('100/2').causes('stop reply q2', 'hang up 100/2')
    play.now = REPLY_LIMIT_MS
    play
      .timeUp('reply q1')
      .causes(
        ...wentDown('100/1'),
        'answer client 1 to q1: SERVER_TIMEOUT',
        'answer client 1 to q2: by 100/2',
      )
  })

  it('is named, if it never answers the earlier one', () => {
    const play = withServers('100')
    asks(play, 1, '100/1')
    asks(play, 2, '100/2')
    play.now = REPLY_LIMIT_MS
    play.timeUp('reply q2').causes(...wentDown('100/2'))
    expect(words(play)).toContain('busy with 1 message that came earlier')
    play.leavesOpen('q1', 'q2', '100/1', 'reply q1')
  })
})

describe('the limit of a kept connection', () => {
  /** Server 7, outside, has q1 since 0 ms and q2 since 4 s on the connection that it keeps. */
  function keptPlay(): Play {
    const play = withOutsider()
    play.in({ type: 'keepConnectionSet', server: '7', node: OUTSIDER, keep: true }).causes()
    asks(play, 1, '7/1')
    passes(play, 4_000)
    play.asks(1, '111').causes('report decision.made', 'forward q2 to 7/1')
    return play
  }

  it('is made to fit the next message when it is up', () => {
    const play = keptPlay()
    passes(play, 4_000)
    play.answers('7/1').causes('answer client 1 to q1: by 7/1')
    passes(play, REPLY_LIMIT_MS - 8_000)
    play.timeUp('reply q1').causes('start reply q2')
    expect(play.delayMs).toBe(8_000)
    play.timeUp('reply q2').causes('give 7/1 a newline', 'start probe q2')
    play.leavesOpen('q2', '7/1', 'probe q2')
  })

  it('is in real time where the lab runs fast', () => {
    const play = keptPlay()
    passes(play, 4_000)
    play.answers('7/1').causes('answer client 1 to q1: by 7/1')
    passes(play, REPLY_LIMIT_MS - 8_000, { speed: 10 })
    play.timeUp('reply q1').causes('start reply q2')
    expect(play.delayMs).toBe(8_000)
    play.leavesOpen('q2', '7/1', 'reply q2')
  })

  it('begins anew when the server may take longer from now on', () => {
    const play = keptPlay()
    const longer = { type: 'replyLimitSet', node: OUTSIDER, limitMs: 120_000 } as const
    play.in(longer).causes('stop reply q1', 'start reply q1')
    expect(play.delayMs).toBe(120_000)
    play.in(longer).causes()
    play.leavesOpen('q1', 'q2', '7/1', 'reply q1')
  })
})
