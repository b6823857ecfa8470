import { describe, expect, it } from 'vitest'
import { PROXY } from '../ids'
import { composeClientMessage } from '../protocol/compose'
import { settled } from '../settings/derive'
import { FAULT_SETTINGS } from '../settings/fault'
import { sha1OfText } from '../sha1'
import { CLIENT, SERVER, Story } from './examinations.testing'
import { INITIAL_STATE, reduce } from './reduce'

describe('a wrong hash', () => {
  it('is that of all payloads so far, if one hash object serves them all', () => {
    const story = new Story()
    story.answers(story.asks('ab'), sha1OfText('ab'))
    expect(story.found).toEqual({})
    story.answers(story.asks('cd'), sha1OfText('abcd'))
    expect(story.found).toEqual({ [SERVER]: ['one-hash-object'] })
  })

  it('is any other one', () => {
    const story = new Story()
    story.answers(story.asks('ab'), sha1OfText('x'))
    expect(story.found).toEqual({ [SERVER]: ['wrong-hash'] })
  })

  it('is not the server’s fault, if somebody changed the message on its way', () => {
    const story = new Story()
    const exchange = story.asks('ab')
    const bytes = composeClientMessage('50', '1', 'xy')
    story.happens({ type: 'packet.edited', packet: exchange + 1, kind: 0, bytes })
    story.answers(exchange, sha1OfText('xy'))
    expect(story.found).toEqual({})
  })
})

describe('a server that does not answer', () => {
  it('is found', () => {
    const story = new Story()
    expect(story.fails(story.asks('ab')).found).toEqual({ [SERVER]: ['never-answers'] })
  })

  it('is found after a long message, too', () => {
    const story = new Story()
    expect(story.fails(story.asks('x'.repeat(200_000))).found).toEqual({
      [SERVER]: ['never-answers'],
    })
  })

  it('is not ill while it is busy with other messages', () => {
    const story = new Story()
    const first = story.asks('ab')
    story.asks('cd')
    expect(story.fails(first).found).toEqual({})
  })

  it('is not ill if its link has a fault', () => {
    const fault = { id: 1, link: 'server:7', ...settled(FAULT_SETTINGS, {}) }
    const story = new Story().happens({ type: 'fault.set', fault })
    expect(story.fails(story.asks('ab')).found).toEqual({})
  })

  it('begins anew when it registers again', () => {
    const story = new Story()
    story.fails(story.asks('ab'))
    expect(story.registers().found).toEqual({})
  })

  it('is ill in a lab that runs fast, too: the proxy waits in real time', () => {
    const story = new Story().happens({ type: 'clock.changed', paused: false, speed: 10 })
    expect(story.fails(story.asks('ab')).found).toEqual({ [SERVER]: ['never-answers'] })
  })
})

describe('the messages of a program', () => {
  const asText = new TextEncoder().encode(
    `{"type":"2","srcid":7,"destid":50,"payloadsize":40,"payload":"${sha1OfText('ab')}"}`,
  )

  it('are looked at again from the first on, after it was started again', () => {
    const story = new Story()
    for (let message = 0; message < 40; message++) story.answers(story.asks('ab'), sha1OfText('ab'))
    story.registers()
    const exchange = story.asks('ab')
    story.sends(SERVER, PROXY, 2, exchange, asText, 1)
    expect(story.found).toEqual({ [SERVER]: ['numbers-as-texts'] })
  })
})

it('what was remembered of a program stays as it was when more comes', () => {
  const story = new Story()
  for (let message = 0; message < 40; message++) story.answers(story.asks('ab'), sha1OfText('ab'))
  const before = story.state
  const remembered = structuredClone(before.examinations)
  story.answers(story.asks('ab'), sha1OfText('ab'))
  const after = reduce(before, story.events.slice(before.seq))
  expect(after.examinations).toEqual(story.state.examinations)
  expect(after.examinations).not.toEqual(remembered)
  expect(before.examinations).toEqual(remembered)
})

describe('a client that closes before its answer', () => {
  const leaves = (story: Story, connection: number, idleMs = 2) =>
    story.happens({
      type: 'socket.noted',
      node: CLIENT,
      what: 'reset',
      connection,
      written: 80,
      read: 70,
      idleMs,
      ended: true,
    })

  it('is found', () => {
    const story = new Story()
    story.asks('ab')
    expect(leaves(story, 2).found).toEqual({ [CLIENT]: ['leaves-before-answer'] })
  })

  it('is not ill if it has waited for a while: a person may have ended it', () => {
    const story = new Story()
    story.asks('ab')
    expect(leaves(story, 2, 1_500).found).toEqual({})
  })

  it('is not ill if the lab was paused meanwhile', () => {
    const story = new Story()
    story.asks('ab')
    story.happens(
      { type: 'clock.changed', paused: true, speed: 1 },
      { type: 'clock.changed', paused: false, speed: 1 },
    )
    expect(leaves(story, 2).found).toEqual({})
    story.asks('cd')
    expect(leaves(story, 4).found).toEqual({ [CLIENT]: ['leaves-before-answer'] })
  })

  it('is not ill if its message or its answer was held', () => {
    const story = new Story()
    const exchange = story.asks('ab')
    story.bodies.pop()
    story.happens({
      type: 'packet.held',
      packet: exchange + 1,
      breakpoint: 1,
      behind: null,
      progress: 0.5,
    })
    expect(leaves(story, 2).found).toEqual({})
  })
})

describe('a server that breaks a connection off', () => {
  const breaksOff = (story: Story, connection: number, more: { hasEnded?: boolean } = {}) =>
    story.happens({
      type: 'socket.noted',
      node: SERVER,
      what: 'reset',
      connection,
      written: 80,
      read: 0,
      idleMs: 5_000,
      ...more,
    })

  it('has closed it before it has read all, if it runs on', () => {
    const story = new Story()
    story.asks('ab')
    expect(breaksOff(story, 3).found).toEqual({ [SERVER]: ['closes-unread'] })
  })

  it('is not ill if it has ended: somebody may have ended it', () => {
    const story = new Story()
    story.asks('ab')
    expect(breaksOff(story, 3, { hasEnded: true }).found).toEqual({})
  })

  it('is not ill because of what it did before it was started again', () => {
    const story = new Story()
    story.asks('ab')
    story.registers()
    expect(breaksOff(story, 3).found).toEqual({})
  })
})

describe('a port that a program dials from', () => {
  it('is its own, if it is the same three times in a row', () => {
    const story = new Story()
    for (const port of [40_100, 40_100, 40_200, 40_200]) story.opens(CLIENT, PROXY, port)
    expect(story.found).toEqual({})
    story.opens(CLIENT, PROXY, 40_200)
    expect(story.found).toEqual({ [CLIENT]: ['own-source-port'] })
  })

  it('is its own, if it is its id', () => {
    const story = new Story()
    story.opens(CLIENT, PROXY, 50)
    expect(story.found).toEqual({ [CLIENT]: ['own-source-port'] })
  })
})

it('programs of the lab are not looked at, whatever they do', () => {
  const bytes = new TextEncoder().encode('nonsense')
  const events = [
    { type: 'node.added', node: { id: 'client:1', role: 'client', origin: 'inside' } },
    {
      type: 'packet.sent',
      packet: 1,
      exchange: 1,
      kind: 'error',
      from: 'client:1',
      to: PROXY,
      connection: 1,
      dueAt: 0,
      bytes,
      copyOf: null,
    },
  ] as const
  const state = reduce(
    INITIAL_STATE,
    events.map((body, index) => ({ seq: index + 1, at: 0, ...body })),
  )
  expect(state.examinations).toBe(INITIAL_STATE.examinations)
})

it('a reset of the lab ends all findings, and taking a program off ends its own', () => {
  const story = new Story()
  story.fails(story.asks('ab'))
  story.happens({ type: 'node.removed', id: SERVER })
  expect(story.found).toEqual({})
  const other = new Story()
  other.fails(other.asks('ab'))
  expect(other.happens({ type: 'scenario.reset' }).found).toEqual({})
})
