// Viewers who take part as servers: each types the answers to the messages of its own server, and can do nothing else. The clock
// of the limits stands still unless a test moves it.
import { createHash } from 'node:crypto'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import {
  GIVEN_ANSWERS,
  GIVEN_SERVER_AWAY_MS,
  MAX_GIVEN_ANSWER_CHARS,
  MAX_GIVEN_SERVERS,
} from '../../src/shared/limits'
import { startTestRoom, type TestRoom } from './room-class'
import type { TestViewer } from './room-viewer'

let room: TestRoom

beforeEach(async () => {
  room = await startTestRoom()
})

afterEach(() => room.close())

const POLICY = '999'
const CLIENT = 'client:1'
const serverOf = (viewer: TestViewer) => viewer.last('server')?.server
const awaitedBy = (viewer: TestViewer) => serverOf(viewer)?.awaited ?? []
const nodes = () => room.engine.state.nodes
const sha1 = (text: string) => createHash('sha1').update(text).digest('hex')

async function openAndHandOut(): Promise<string> {
  const url = await room.open()
  room.instructor.request({ kind: 'handOut', what: 'server', policy: POLICY })
  await expect.poll(() => room.opened().servers.handOut).not.toBeNull()
  return url
}

/** Enters, and takes the server that is handed out. */
async function enterAsServer(url: string, name?: string): Promise<TestViewer> {
  const viewer = await room.enter(url, name)
  await expect.poll(() => viewer.last('server')?.isOffered).toBe(true)
  viewer.say({ kind: 'wantServer' })
  await expect.poll(() => serverOf(viewer)).toBeTruthy()
  const { id = '' } = serverOf(viewer) ?? {}
  await expect.poll(() => room.engine.state.rows.has(id)).toBe(true)
  return viewer
}

const send = (payload: string) =>
  room.engine.execute({ type: 'sendMessage', client: CLIENT, policy: POLICY, payload })

/** Sends a message, and waits until this viewer has it. */
async function asked(viewer: TestViewer, payload: string): Promise<number> {
  await send(payload)
  await expect.poll(() => awaitedBy(viewer)[0]?.payload).toBe(payload)
  return awaitedBy(viewer)[0]?.exchange ?? 0
}

describe('a viewer with a server', () => {
  it('loses it with the session, and it stays in no new one', async () => {
    const ana = await enterAsServer(await openAndHandOut())
    const { node = '' } = serverOf(ana) ?? {}
    await room.engine.execute({ type: 'newSession', pool: 'asItIs' })
    await expect.poll(() => serverOf(ana)).toBeNull()
    await expect.poll(() => nodes().has(node)).toBe(false)
    expect(nodes().has('server:400')).toBe(true)
    ana.say({ kind: 'wantServer' })
    await expect.poll(() => serverOf(ana)?.node).toBe(node)
    await expect.poll(() => nodes().get(node)).toMatchObject({ policy: POLICY })
  })

  it('answers real messages by hand, right and wrong, until the server is taken back', async () => {
    const url = await room.open()
    const ana = await room.enter(url, 'Ana')
    await expect.poll(() => ana.last('server')).toMatchObject({ isOffered: false, server: null })
    ana.say({ kind: 'wantServer' })
    await expect
      .poll(() => ana.last('server')?.error)
      .toBe('The instructor hands out no servers now.')
    room.instructor.request({ kind: 'give', what: 'server', viewer: 1, policy: POLICY })
    await expect.poll(() => serverOf(ana)).toMatchObject({ policy: POLICY, awaited: [], ended: [] })
    const { node = '', id = '' } = serverOf(ana) ?? {}
    await expect
      .poll(() => room.opened().servers)
      .toMatchObject({ given: [{ viewer: 1, name: 'Ana', id }], without: [] })
    await expect.poll(() => room.engine.state.rows.has(id)).toBe(true)

    const first = await asked(ana, 'one')
    for (const payload of ['two', 'three', 'four']) await send(payload)
    await expect.poll(() => serverOf(ana)?.waiting).toBe(3)
    expect(awaitedBy(ana)).toEqual([
      { exchange: first, client: '1', payload: 'one', hash: sha1('one'), isForNobody: false },
    ])
    ana.say({ kind: 'answerByHand', exchange: first, payload: sha1('one') })
    await expect.poll(() => awaitedBy(ana)[0]?.payload).toBe('two')
    const second = awaitedBy(ana)[0]?.exchange ?? 0
    ana.say({ kind: 'answerByHand', exchange: second, payload: ' no idea ' })
    await expect.poll(() => serverOf(ana)?.waiting).toBe(1)
    expect(serverOf(ana)?.ended.map(({ words }) => words)).toEqual([
      'wrong: it is not the hash of the payload',
      'right',
    ])
    await expect
      .poll(() => room.engine.state.totals.verdicts)
      .toMatchObject({ correct: 1, wrong: 1 })
    const sent = [...room.engine.state.packets].findLast(({ from }) => from === node)
    expect(JSON.parse(new TextDecoder().decode(sent?.bytes)).payload).toBe(' no idea ')

    room.instructor.request({ kind: 'takeBack', what: 'server', viewer: 1 })
    await expect.poll(() => nodes().has(node)).toBe(false)
    await expect.poll(() => serverOf(ana)).toBeNull()
    ana.say({ kind: 'answerByHand', exchange: second + 1, payload: '' })
    await expect.poll(() => ana.last('server')?.error).toBe('You have no server.')
  })

  it('is told that its message is gone, and that its client has left', async () => {
    const viewer = await enterAsServer(await openAndHandOut())
    const exchange = await asked(viewer, 'one')
    await room.engine.execute({ type: 'removeNode', node: CLIENT })
    await expect.poll(() => awaitedBy(viewer)[0]?.isForNobody).toBe(true)
    const { node = '' } = serverOf(viewer) ?? {}
    await room.engine.execute({ type: 'updateServer', node, stopped: true })
    await expect
      .poll(() => serverOf(viewer)?.ended[0]?.words)
      .toBe('taken away: the server has stopped')
    viewer.say({ kind: 'answerByHand', exchange, payload: '' })
    await expect.poll(() => viewer.last('server')?.error).toMatch(/does not wait for an answer/)
  })

  it('loses it with a reset, with the end of the class, and when it has been away for a minute', async () => {
    const url = await openAndHandOut()
    const [one, two] = [await enterAsServer(url), await enterAsServer(url)]
    const away = serverOf(one)?.node ?? ''
    one.socket.close()
    await expect.poll(() => room.opened().viewers).toBe(1)
    await expect.poll(() => room.opened().servers.given).toHaveLength(2)
    room.pass(GIVEN_SERVER_AWAY_MS)
    await expect.poll(() => nodes().has(away)).toBe(false)
    expect(serverOf(two)).toBeTruthy()
    await room.engine.execute({ type: 'reset' })
    await expect.poll(() => serverOf(two)).toBeNull()
    await expect.poll(() => room.opened().servers.given).toEqual([])
    two.say({ kind: 'wantServer' })
    await expect.poll(() => serverOf(two)).toBeTruthy()
    const last = serverOf(two)?.node ?? ''
    room.instructor.request({ kind: 'close' })
    await expect.poll(() => nodes().has(last)).toBe(false)
  })

  it('answers nothing while a lesson lets nobody answer', async () => {
    const viewer = await enterAsServer(await openAndHandOut())
    const exchange = await asked(viewer, 'one')
    const lift = room.engine.restrict(({ type }) =>
      type === 'answerByHand' ? 'Not now.' : undefined,
    )
    viewer.say({ kind: 'answerByHand', exchange, payload: '' })
    await expect.poll(() => viewer.last('server')?.error).toBe('Not now.')
    lift()
    viewer.say({ kind: 'answerByHand', exchange, payload: '' })
    await expect.poll(() => room.engine.state.totals.verdicts.wrong).toBe(1)
    await expect.poll(() => viewer.last('server')?.error).toBe('')
  })
})

describe('a hostile viewer with a server', () => {
  const answer = { kind: 'answerByHand', exchange: 1, payload: 'x' }

  it.each([
    ['to name a server', { ...answer, server: 'server:100' }],
    ['to answer with what is no text', { ...answer, payload: { type: 'reset' } }],
    ['to answer at great length', { ...answer, payload: 'x'.repeat(MAX_GIVEN_ANSWER_CHARS + 1) }],
    ['to answer what is no number', { ...answer, exchange: '1' }],
    ['a server of its choice', { kind: 'wantServer', policy: '111' }],
    ['a command', { kind: 'command', id: 1, command: { type: 'answerByHand', ...answer } }],
    ['to hand them out', { kind: 'handOut', what: 'server', policy: null }],
    ['to give one to another', { kind: 'give', what: 'server', viewer: 1, policy: null }],
  ])('is cut off that wants %s', async (_, message) => {
    const viewer = await enterAsServer(await openAndHandOut())
    const before = nodes().size
    viewer.socket.send(JSON.stringify(message))
    expect((await viewer.closed).code).toBe(1008)
    expect(nodes().size).toBe(before)
  })

  it('answers no message of another’s server, nor of the lab’s own', async () => {
    const url = await openAndHandOut()
    const [ana, eve] = [await enterAsServer(url), await enterAsServer(url)]
    const exchange = await asked(ana, 'one')
    eve.say({ kind: 'answerByHand', exchange, payload: sha1('one') })
    await expect.poll(() => eve.last('server')?.error).toMatch(`Message ${exchange} does not wait`)
    expect(awaitedBy(ana)).toHaveLength(1)
    const outsider = await room.enter(url)
    outsider.say({ kind: 'answerByHand', exchange, payload: sha1('one') })
    await expect.poll(() => outsider.last('server')?.error).toBe('You have no server.')
    expect(room.engine.state.totals.verdicts).toMatchObject({ correct: 0, wrong: 0 })
  })

  it('gets no further than the rate, nor more than one server, nor one beyond the last', async () => {
    const url = await openAndHandOut()
    const viewer = await enterAsServer(url)
    const before = nodes().size
    viewer.say({ kind: 'wantServer' })
    const exchange = await asked(viewer, 'one')
    for (let count = 0; count < GIVEN_ANSWERS.burst; count++)
      viewer.say({ kind: 'answerByHand', exchange: exchange + 1, payload: '' })
    await expect.poll(() => viewer.last('server')?.error).toMatch('does not wait')
    viewer.say({ kind: 'answerByHand', exchange, payload: '' })
    await expect.poll(() => viewer.last('server')?.error).toMatch('one answer a second')
    expect(awaitedBy(viewer)).toHaveLength(1)
    expect(nodes().size).toBe(before)

    while (room.opened().servers.given.length < MAX_GIVEN_SERVERS) {
      const { length } = room.opened().servers.given
      await enterAsServer(url)
      await expect.poll(() => room.opened().servers.given).toHaveLength(length + 1)
      room.pass(1_000)
    }
    const late = await room.enter(url)
    late.say({ kind: 'wantServer' })
    await expect.poll(() => late.last('server')?.error).toMatch('20 viewers have a server already')
    expect(serverOf(late)).toBeNull()
  })
})
