// Viewers who take part: each has its client send real messages, and can do nothing else. The clock of the limits is stopped.
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import {
  GIVEN_MESSAGES,
  MAX_GIVEN_CLIENTS,
  MAX_GIVEN_PAYLOAD_CHARS,
  MAX_GIVEN_UNANSWERED,
} from '../../src/shared/limits'
import { startTestRoom, type TestRoom } from './room-class'
import type { TestViewer } from './room-viewer'

let room: TestRoom

beforeEach(async () => {
  room = await startTestRoom()
})

afterEach(() => room.close())

const clientOf = (viewer: TestViewer) => viewer.last('client')?.client
const nodes = () => room.engine.state.nodes

/** Enters, and takes the client that is handed out. */
async function enterAsClient(url: string, name?: string): Promise<TestViewer> {
  const viewer = await room.enter(url, name)
  await expect.poll(() => viewer.last('client')?.isOffered).toBe(true)
  viewer.say({ kind: 'wantClient' })
  await expect.poll(() => clientOf(viewer)).toBeTruthy()
  return viewer
}

async function openAndHandOut(policy: string | null = null): Promise<string> {
  const url = await room.open()
  room.instructor.request({ kind: 'handOut', what: 'client', policy })
  await expect.poll(() => room.opened().clients.handOut).not.toBeNull()
  return url
}

describe('a viewer with a client', () => {
  it('sends real messages and sees which server answered, until the client is taken back', async () => {
    const url = await room.open()
    const ana = await room.enter(url, 'Ana')
    await expect.poll(() => ana.last('client')).toMatchObject({ isOffered: false, client: null })
    ana.say({ kind: 'wantClient' })
    await expect
      .poll(() => ana.last('client')?.error)
      .toBe('The instructor hands out no clients now.')
    const before = nodes().size

    await expect.poll(() => room.opened().clients.without).toEqual([{ viewer: 1, name: 'Ana' }])
    room.instructor.request({ kind: 'give', what: 'client', viewer: 1, policy: '222' })
    await expect.poll(() => clientOf(ana)).toMatchObject({ policy: '222', sent: [] })
    const { node = '', id = '' } = clientOf(ana) ?? {}
    expect(nodes().size).toBe(before + 1)
    // It is not there for the instructor's undo, which takes back the instructor's own changes.
    expect(await room.engine.execute({ type: 'undo' })).toMatchObject({ ok: false })
    expect(nodes().has(node)).toBe(true)
    await expect.poll(() => room.opened().clients.given).toEqual([{ viewer: 1, name: 'Ana', id }])

    ana.say({ kind: 'send', payload: ' hello\u202e  there ' })
    await expect.poll(() => clientOf(ana)?.sent[0]?.outcome).toBe('answered')
    const server = [...room.engine.state.rows.values()].find(({ served }) => served === 1)?.server
    expect(clientOf(ana)?.sent[0]).toMatchObject({
      payload: 'hello there',
      words: expect.stringMatching(`^Server ${server} answered after `),
    })
    ana.say({ kind: 'look', node })
    await expect
      .poll(() => ana.last('details')?.details?.packets.at(-1)?.text)
      .toContain('"payload":"hello there"')
    expect(nodes().get(node)?.lastVerdict).toBe('correct')

    room.instructor.request({ kind: 'takeBack', what: 'client', viewer: 1 })
    await expect.poll(() => nodes().has(node)).toBe(false)
    await expect.poll(() => clientOf(ana)).toBeNull()
    ana.say({ kind: 'send', payload: '' })
    await expect.poll(() => ana.last('client')?.error).toBe('You have no client.')
  })

  it('has one, however often it wants one, and keeps it while it is away', async () => {
    const url = await openAndHandOut('111')
    const before = nodes().size
    const viewer = await room.enter(url)
    for (let count = 0; count < 5; count++) viewer.say({ kind: 'wantClient' })
    viewer.say({ kind: 'send', payload: '' })
    await expect.poll(() => clientOf(viewer)?.policy).toBe('111')
    viewer.say({ kind: 'send', payload: '' })
    await expect.poll(() => clientOf(viewer)?.sent[0]?.outcome).toBe('answered')
    expect(nodes().size).toBe(before + 1)
    await expect.poll(() => room.opened().viewers).toBe(1)
    viewer.socket.close()
    await expect.poll(() => room.opened().viewers).toBe(0)
    expect(room.opened().clients.given).toHaveLength(1)
  })

  it('loses it when the instructor removes it, and when the class ends', async () => {
    const url = await openAndHandOut()
    const [one, two] = [await enterAsClient(url), await enterAsClient(url)]
    const [first, second] = [clientOf(one)?.node ?? '', clientOf(two)?.node ?? '']
    await room.engine.execute({ type: 'removeNode', node: first })
    await expect.poll(() => clientOf(one)).toBeNull()
    await expect.poll(() => room.opened().clients.given).toHaveLength(1)
    room.instructor.request({ kind: 'close' })
    await expect.poll(() => nodes().has(second)).toBe(false)
    expect(nodes().has('client:1')).toBe(true)
  })

  it('sends nothing while a lesson decides what is sent', async () => {
    const viewer = await enterAsClient(await openAndHandOut())
    const lift = room.engine.restrict(({ type }) =>
      type === 'sendMessage' ? 'Not now.' : undefined,
    )
    viewer.say({ kind: 'send', payload: '' })
    await expect.poll(() => viewer.last('client')?.error).toBe('Not now.')
    expect(room.engine.state.totals.sent[0]).toBe(0)
    lift()
    viewer.say({ kind: 'send', payload: '' })
    await expect.poll(() => clientOf(viewer)?.sent[0]?.outcome).toBe('answered')
  })
})

describe('a hostile viewer with a client', () => {
  it.each([
    ['another client', { kind: 'send', payload: 'x', client: 'client:1' }],
    ['many at once', { kind: 'send', payload: 'x', count: 1_000 }],
    ['another policy', { kind: 'send', payload: 'x', policy: '222' }],
    ['a payload that is no text', { kind: 'send', payload: { type: 'reset' } }],
    ['a long payload', { kind: 'send', payload: 'x'.repeat(4 * MAX_GIVEN_PAYLOAD_CHARS + 1) }],
    ['a client of its choice', { kind: 'wantClient', id: '1' }],
    ['a command', { kind: 'command', id: 1, command: { type: 'sendMessage', client: 'client:1' } }],
    ['what an instructor may ask', { kind: 'handOut', what: 'client', policy: null }],
    ['to give one to another', { kind: 'give', what: 'client', viewer: 1, policy: null }],
  ])('is cut off that wants %s', async (_, message) => {
    const viewer = await enterAsClient(await openAndHandOut())
    const before = nodes().size
    viewer.socket.send(JSON.stringify(message))
    expect((await viewer.closed).code).toBe(1008)
    expect(room.engine.state.totals.sent[0]).toBe(0)
    expect(nodes().size).toBe(before)
  })

  it('gets no further than the rate, nor than a few messages without an answer', async () => {
    const url = await openAndHandOut()
    const [fast, waiting] = [await enterAsClient(url), await enterAsClient(url)]
    for (let count = 1; count <= GIVEN_MESSAGES.burst; count++) {
      fast.say({ kind: 'send', payload: '' })
      await expect.poll(() => room.engine.state.totals.exchanges.answered).toBe(count)
    }
    fast.say({ kind: 'send', payload: '' })
    await expect.poll(() => fast.last('client')?.error).toMatch('one message a second')

    await room.engine.execute({ type: 'setBreakpoint', filter: 'type:0', once: false })
    for (let count = 0; count < MAX_GIVEN_UNANSWERED + 1; count++) {
      waiting.say({ kind: 'send', payload: '' })
    }
    await expect.poll(() => waiting.last('client')?.error).toMatch(/^Wait: 3 of your messages/)
    const { node = '' } = clientOf(waiting) ?? {}
    await expect.poll(() => nodes().get(node)?.sent).toBe(MAX_GIVEN_UNANSWERED)
  })

  it('gets no client beyond the last, unless one with a client has left', async () => {
    const url = await openAndHandOut()
    const viewers: TestViewer[] = []
    for (let count = 0; count < MAX_GIVEN_CLIENTS - 1; count++)
      viewers.push(await enterAsClient(url))
    // The last place: given by the instructor, for the clock of the limit stands still.
    const last = await enterAsClient(url)
    const late = await room.enter(url, 'Late')
    await expect.poll(() => room.opened().clients.without).toHaveLength(1)
    const { viewer } = room.opened().clients.without[0] ?? { viewer: 0 }
    room.instructor.request({ kind: 'give', what: 'client', viewer, policy: null })
    await expect.poll(() => room.updates.at(-1)).toMatchObject({ kind: 'refused' })
    last.socket.close()
    await expect.poll(() => room.opened().viewers).toBe(MAX_GIVEN_CLIENTS)
    room.instructor.request({ kind: 'give', what: 'client', viewer, policy: null })
    await expect.poll(() => clientOf(late)).toBeTruthy()
    expect(viewers.every((one) => clientOf(one))).toBe(true)
    expect(room.opened().clients.given).toHaveLength(MAX_GIVEN_CLIENTS)
  })
})
