// A class over real sockets, with a whole engine: two hundred viewers of whom half do not read, votes, and viewers who want
// more than to look. The clock of the limits is stopped.
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { request } from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { WebSocket } from 'ws'
import { requirementsOf, startProgramCheck } from '../../src/main/check/index'
import { createEngine, type Engine } from '../../src/main/engine/index'
import { createLessons } from '../../src/main/lessons/index'
import { createRooms, type Rooms } from '../../src/main/room/index'
import { MAX_VIEWER_MESSAGE_BYTES, WRONG_CODES_OF_ADDRESS } from '../../src/shared/limits'
import type { OpenRoom, RoomScreen, RoomUpdate } from '../../src/shared/room/room-line'
import { percentOf } from '../../src/shared/room/vote'
import { GATED, lessonOf } from '../lessons/sample'
import { connectViewer, joinViewer, type TestViewer } from './room-viewer'
import { attack, handshake } from './web-attacker'

const SEED = 20
const VIEWERS = 200

let folder: string
let engine: Engine
let rooms: Rooms
let instructor: RoomScreen
let updates: RoomUpdate[]
let warnings: string[]
let all: TestViewer[]

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'roundabout-room-'))
  await writeFile(join(folder, 'index.html'), '<title>The whole lab</title>')
  await writeFile(join(folder, 'room.html'), '<title>The class</title>')
  engine = await createEngine({ proxyPort: 0, latencyMs: 0 })
  updates = []
  warnings = []
  all = []
  rooms = createRooms({ engine, folder, warn: (text) => warnings.push(text), now: () => 0 })
  instructor = rooms.serve((update) => updates.push(update))
})

afterEach(async () => {
  for (const { socket } of all) socket.terminate()
  instructor.stop()
  await rooms.close()
  await engine.close()
  await rm(folder, { recursive: true })
})

/** The class as the instructor sees it. */
function opened(): OpenRoom {
  const state = updates.findLast((update) => update.kind === 'state')?.state.open
  if (state == null) throw new Error('The class is not open.')
  return state
}

async function open(): Promise<string> {
  instructor.request({ kind: 'open', address: '127.0.0.1' })
  await expect.poll(() => opened().url).toMatch(/^http:\/\/127\.0\.0\.1:\d+\/#[A-Z0-9]{6}$/)
  return opened().url
}

async function enter(url: string, name?: string): Promise<TestViewer> {
  const viewer = await joinViewer(url, name)
  all.push(viewer)
  return viewer
}

/** Numbers from 0 to 1, the same for the same seed (mulberry32). */
function seeded(seed: number): () => number {
  let state = seed
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32
  }
}

const choice = (id: number, round: number, index: number) =>
  ({ kind: 'answer', question: id, round, answer: { kind: 'choice', index } }) as const

describe(`two hundred viewers, seed ${SEED}`, () => {
  it('have their votes counted, whoever reads, comes or goes', async () => {
    const random = seeded(SEED)
    const url = await open()
    const viewers: TestViewer[] = []
    for (let from = 0; from < VIEWERS; from += 20) {
      viewers.push(...(await Promise.all(Array.from({ length: 20 }, () => enter(url)))))
    }
    await expect.poll(() => opened().viewers).toBe(VIEWERS)
    const [slow, quick] = [viewers.slice(0, 100), viewers.slice(100)]
    for (const viewer of slow) viewer.stopReading()

    // The lab is busy meanwhile: everybody gets pictures of it.
    for (let burst = 0; burst < 5; burst++) await engine.execute({ type: 'sendAll' })
    await expect.poll(() => engine.state.totals.exchanges.answered).toBe(30)
    await expect
      .poll(() => quick.every((viewer) => viewer.last('moment')?.moment.answered === 30))
      .toBe(true)

    instructor.request({
      kind: 'put',
      question: { kind: 'choice', question: 'Whose turn?', options: ['100', '300', 'Nobody’s'] },
    })
    await expect.poll(() => quick.every((viewer) => viewer.last('vote')?.vote?.id === 1)).toBe(true)

    // Everybody answers in any order, some change their minds, some leave for good, others join and answer too.
    const counts = [0, 0, 0]
    const order = viewers.toSorted(() => random() - 0.5)
    for (const [index, viewer] of order.entries()) {
      if (random() < 0.2) viewer.say(choice(1, 1, 0))
      const answer = Math.floor(random() * 3)
      viewer.say(choice(1, 1, answer))
      counts[answer] = (counts[answer] ?? 0) + 1
      if (index % 20 === 19) {
        viewer.socket.close()
        const late = await enter(url)
        late.say(choice(1, 1, 2))
        counts[2] = (counts[2] ?? 0) + 1
      }
    }
    await expect.poll(() => opened().vote?.answered).toBe(VIEWERS + 10)
    expect(opened().vote?.bars).toBeNull()
    expect(all.every((viewer) => viewer.last('vote')?.vote?.bars == null)).toBe(true)

    instructor.request({ kind: 'reveal', right: [1] })
    await expect.poll(() => opened().vote?.bars?.columns[0]?.counts).toEqual(counts)
    const here = quick.filter(({ socket }) => socket.readyState === socket.OPEN)
    await expect
      .poll(() =>
        here.every(
          (viewer) =>
            JSON.stringify(viewer.last('vote')?.vote?.bars?.columns[0]?.counts) ===
            JSON.stringify(counts),
        ),
      )
      .toBe(true)
    // One that reads nothing does not read that its connection is closed: it counts until it is cut.
    await expect.poll(() => opened().viewers).toBe(VIEWERS)
    expect(warnings.join()).not.toContain('cut off')
  })
})

describe('a vote', () => {
  it('is about the real next message, which waits for the reveal, and can be taken twice', async () => {
    const url = await open()
    const [ana, ben] = [await enter(url, 'Ana'), await enter(url)]
    const expected = engine.state.next.get('111')
    instructor.request({
      kind: 'put',
      question: { kind: 'nextServer', policy: '111', send: true },
    })
    await expect.poll(() => opened().vote?.waitsFor).toBe('')
    expect(engine.state.clock.paused).toBe(true)
    const ask = opened().vote?.ask
    expect(ask).toMatchObject({ options: ['Server 100', 'Server 300'] })
    await expect.poll(() => ben.last('vote')?.vote?.question).toMatch('Which server gets it?')

    ana.say(choice(1, 1, 0))
    ben.say(choice(1, 1, 1))
    await expect.poll(() => opened().vote?.answered).toBe(2)
    instructor.request({ kind: 'voteAgain' })
    await expect.poll(() => ben.last('vote')?.vote?.round).toBe(2)
    expect(ben.last('mine')?.answer).toBeNull()
    // An answer to the first round comes too late.
    ben.say(choice(1, 1, 1))
    ana.say(choice(1, 2, 0))
    ben.say(choice(1, 2, 0))
    instructor.request({ kind: 'hands', counts: [3, 1] })
    await expect.poll(() => opened().vote?.answered).toBe(2)

    instructor.request({ kind: 'reveal' })
    await expect.poll(() => ana.last('vote')?.vote?.isRevealed).toBe(true)
    const vote = ana.last('vote')?.vote
    expect(vote?.truth?.right).toEqual([`Server ${expected}`])
    expect(vote?.bars?.columns).toEqual([
      { label: 'First vote', counts: [1, 1] },
      { label: 'Second vote', counts: [2, 0] },
      { label: 'Second vote, by hands', counts: [3, 1] },
    ])
    expect(vote?.bars?.columns[2] && percentOf(vote.bars.columns[2], 0)).toBe(75)
    await expect.poll(() => engine.state.totals.exchanges.answered).toBe(1)
    expect(engine.state.clock.paused).toBe(false)
    expect(engine.state.breakpoints.size).toBe(0)

    instructor.request({ kind: 'results' })
    const results = updates.find((update) => update.kind === 'results')?.text.split('\r\n') ?? []
    expect(results[1]).toBe(
      `1,The next message for policy 111 waits at the proxy. Which server gets it?,1,1,Ana,Server 100,1,Server ${expected},${expected === '100' ? 'yes' : 'no'}`,
    )
    expect(results).toHaveLength(1 + 4 + 2)
  })

  it('that is ended lets its message go on', async () => {
    await open()
    instructor.request({ kind: 'put', question: { kind: 'nextServer', policy: '222', send: true } })
    await expect.poll(() => opened().vote?.waitsFor).toBe('')
    instructor.request({ kind: 'endVote' })
    await expect.poll(() => engine.state.totals.exchanges.answered).toBe(1)
    expect(opened().vote).toBeNull()
    expect(engine.state.clock.paused).toBe(false)
  })
})

describe('a lesson', () => {
  it('has its question put to the class, and takes the class’s answer for the reveal', async () => {
    const lesson = lessonOf([GATED])
    const read = async () => ({ lesson, problems: [] })
    const lessons = await createLessons({
      engine,
      library: {
        list: async () => [{ lesson, isShipped: true }],
        read,
        readFile: read,
        onChange: () => () => {},
      },
      progressFile: undefined,
      checks: { start: startProgramCheck, requirements: requirementsOf },
      warn: (text) => warnings.push(text),
    })
    const withLessons = createRooms({
      ...{ engine, folder, lessons: lessons.serve, warn: (text: string) => warnings.push(text) },
      now: () => 0,
    })
    const teacher = withLessons.serve((update) => updates.push(update))
    try {
      teacher.request({ kind: 'open', address: '127.0.0.1' })
      await expect.poll(() => updates.at(-1)).toHaveProperty('state.open.code')
      const viewer = await enter(opened().url)
      lessons.serve(() => {}).request({ kind: 'open', id: lesson.id })
      await expect.poll(() => viewer.last('vote')?.vote?.question).toBe('Which server gets it?')
      expect(opened().vote).toMatchObject({ about: 'lesson', bars: null })
      expect(engine.state.clock.paused).toBe(true)
      // Nobody has answered: there is nothing that the class could say.
      teacher.request({ kind: 'reveal' })
      await expect.poll(() => updates.at(-1)).toMatchObject({ kind: 'refused' })

      const vote = viewer.last('vote')?.vote
      viewer.say(choice(vote?.id ?? 0, 1, 1))
      await expect.poll(() => opened().vote?.answered).toBe(1)
      teacher.request({ kind: 'reveal' })
      await expect.poll(() => viewer.last('vote')?.vote?.isRevealed).toBe(true)
      expect(viewer.last('vote')?.vote).toMatchObject({
        truth: { right: ['Server 100'], words: 'The answer: Server 100.' },
        bars: { columns: [{ label: 'Vote', counts: [0, 1, 0] }] },
      })
      expect(lessons.runner.view?.gate).toMatchObject({ answer: { server: '300' } })
      lessons.serve(() => {}).request({ kind: 'close' })
      await expect.poll(() => viewer.last('vote')?.vote).toBeNull()
    } finally {
      teacher.stop()
      await withLessons.close()
      await lessons.close()
    }
  })
})

describe('a viewer', () => {
  it('comes back as the one that it was, and finds its answer', async () => {
    const url = await open()
    const ana = await enter(url, '=Ana\u202e')
    instructor.request({
      kind: 'put',
      question: { kind: 'number', question: 'How many?', unit: 'ms' },
    })
    await expect.poll(() => ana.last('vote')?.vote?.id).toBe(1)
    ana.say({ kind: 'answer', question: 1, round: 1, answer: { kind: 'number', value: 5 } })
    await expect.poll(() => opened().vote?.answered).toBe(1)
    ana.socket.close()
    await expect.poll(() => opened().viewers).toBe(0)
    const again = await connectViewer(url)
    all.push(again)
    again.say({ kind: 'return', token: ana.last('joined')?.token ?? '' })
    await expect.poll(() => again.last('mine')?.answer).toEqual({ kind: 'number', value: 5 })
    expect(again.last('joined')?.name).toBe('=Ana')
    instructor.request({ kind: 'reveal', right: 7 })
    await expect.poll(() => again.last('vote')?.vote?.bars?.labels).toEqual(['5 ms', '7 ms'])
    instructor.request({ kind: 'results' })
    const text = updates.find((update) => update.kind === 'results')?.text
    expect(text).toContain(`1,1,'=Ana,5 ms,1,7 ms,no`)
  })

  it('sees where the instructor points, and what it looks at itself', async () => {
    const viewer = await enter(await open())
    instructor.request({ kind: 'point', node: 'server:100' })
    await expect.poll(() => viewer.last('pointed')?.node).toBe('server:100')
    viewer.say({ kind: 'look', node: 'client:1' })
    await expect.poll(() => viewer.last('details')?.details?.name).toBe('Client 1')
    viewer.say({ kind: 'look', node: 'client:none' })
    await expect.poll(() => viewer.last('details')?.details).toBeNull()
  })

  it('has the whole lab by its token, as one who looks', async () => {
    const url = await open()
    const token = (await enter(url)).last('joined')?.token ?? ''
    const { host, origin } = new URL(url)
    expect(await (await fetch(`${origin}/lab?token=${token}`)).text()).toContain('The whole lab')
    expect((await fetch(`${origin}/lab?token=none`)).status).toBe(403)
    expect((await fetch(`${origin}/?token=none`)).status).toBe(403)
    expect((await fetch(`${origin}/sessions?token=${token}`)).status).toBe(403)
    expect((await fetch(`${origin}/recording?token=${token}&source=session&from=0`)).status).toBe(
      200,
    )
    expect((await fetch(`${origin}/recording?source=session&from=0`)).status).toBe(403)
    const screen = new WebSocket(`ws://${host}/ws?token=${token}`, { origin })
    const said: string[] = []
    screen.on('message', (data: Buffer) => said.push(data.toString()))
    await expect.poll(() => said[0]).toBe('{"kind":"role","role":"viewer"}')
    const asked = [
      { kind: 'command', id: 1, command: { type: 'sendAll' } },
      { kind: 'checkProgram', request: { program: 'proxy', command: 'true' } },
      { kind: 'lesson', request: { kind: 'list' } },
      { kind: 'room', request: { kind: 'close' } },
    ]
    for (const message of asked) screen.send(JSON.stringify(message))
    await expect
      .poll(() => said.filter((text) => text.includes('"ok":false')))
      .toHaveLength(asked.length)
    screen.terminate()
    expect(engine.state.totals.sent[0]).toBe(0)
    expect(opened().url).toBe(url)
  })
})

describe('a hostile viewer', () => {
  it.each([
    ['a command', JSON.stringify({ kind: 'command', id: 1, command: { type: 'sendAll' } })],
    ['what an instructor may ask', JSON.stringify({ kind: 'close' })],
    ['a field too many', JSON.stringify({ kind: 'look', node: null, command: { type: 'reset' } })],
    ['no JSON', 'sendAll'],
    ['bytes', Buffer.from([1, 2, 3])],
    ['to join twice', JSON.stringify({ kind: 'return', token: 'x' })],
  ])('is cut off that sends %s', async (_, message) => {
    const viewer = await enter(await open())
    viewer.socket.send(message)
    expect((await viewer.closed).code).toBe(1008)
    expect(engine.state.totals.sent[0]).toBe(0)
    expect(opened().viewers).toBe(0)
  })

  it('is cut off that sends too much', async () => {
    const url = await open()
    const [long, many] = [await enter(url), await enter(url)]
    long.socket.send('x'.repeat(MAX_VIEWER_MESSAGE_BYTES + 1))
    expect((await long.closed).code).toBe(1009)
    for (let count = 0; count < 100; count++) many.say({ kind: 'look', node: null })
    expect((await many.closed).reason).toBe('It sent too many messages.')
  })

  it('cannot guess the code, and keeps none from joining who comes from elsewhere', async () => {
    const url = await open()
    const guesser = await connectViewer(url)
    all.push(guesser)
    for (let guess = 0; guess < WRONG_CODES_OF_ADDRESS.burst; guess++) {
      guesser.say({ kind: 'join', code: `AAAAA${guess}`, name: '' })
    }
    await expect.poll(() => guesser.last('refused')?.about).toBe('code')
    guesser.say({ kind: 'join', code: new URL(url).hash.slice(1), name: '' })
    await expect.poll(() => guesser.last('refused')?.about).toBe('guesses')
    expect(guesser.last('joined')).toBeUndefined()
    expect(warnings.join()).not.toContain(new URL(url).hash.slice(1))
  })

  it('learns nothing before it has joined', async () => {
    const stranger = await connectViewer(await open())
    all.push(stranger)
    stranger.say({ kind: 'look', node: 'client:1' })
    await expect.poll(() => stranger.last('refused')?.error).toBe('Enter the code first.')
    instructor.request({ kind: 'point', node: 'server:100' })
    instructor.request({ kind: 'put', question: { kind: 'number', question: 'Yes?', unit: '' } })
    await expect.poll(() => opened().vote?.id).toBe(1)
    stranger.say({ kind: 'answer', question: 1, round: 1, answer: { kind: 'number', value: 1 } })
    await expect.poll(() => stranger.count('refused')).toBe(2)
    expect(stranger.count('vote') + stranger.count('lab') + stranger.count('pointed')).toBe(0)
    expect(opened().vote?.answered).toBe(0)
  })

  it.each([
    ['of another origin', { Origin: 'http://evil.example' }, '/class', 403],
    ['without an origin', { Origin: '' }, '/class', 403],
    ['for another host', { Host: 'rebound.example' }, '/class', 421],
    ['for the whole lab without a token', {}, '/ws', 403],
    ['at another path', {}, '/viewers', 404],
  ])('gets no connection %s', async (_, changes, path, status) => {
    const target = { url: await open(), proxyPort: engine.proxy.port }
    const { answer, socket } = attack(target, handshake(target, path, changes))
    expect(await answer).toContain(`HTTP/1.1 ${status} `)
    socket.destroy()
  })

  it.each([
    ['POST', '/', {}, 405],
    ['GET', '/', { host: 'rebound.example' }, 421],
    ['GET', '/../headless.cjs', {}, 404],
    ['GET', '/metrics', {}, 404],
    ['GET', '/viewer-address', {}, 404],
  ])('gets nothing by %s %s', async (method, path, headers, status) => {
    const { port } = new URL(await open())
    const answered = await new Promise<number | undefined>((resolve, reject) =>
      request({ method, path, port, headers, host: '127.0.0.1' }, ({ statusCode }) =>
        resolve(statusCode),
      )
        .on('error', reject)
        .end(),
    )
    expect(answered).toBe(status)
  })
})

describe('the class', () => {
  it('ends with one request: everybody is told, and the port is closed', async () => {
    const url = await open()
    const viewers = await Promise.all([enter(url), enter(url)])
    instructor.request({ kind: 'close' })
    for (const { closed } of viewers) expect((await closed).code).toBe(4001)
    await expect.poll(() => warnings.at(-1)).toBe('The class is over: its port is closed.')
    await expect(connectViewer(url)).rejects.toThrow('ECONNREFUSED')
    expect(updates.findLast((update) => update.kind === 'state')?.state.open).toBeNull()
    // The next one has another code and another port.
    const next = await open()
    expect(next).not.toBe(url)
    const late = await connectViewer(next)
    all.push(late)
    late.say({ kind: 'return', token: viewers[0]?.last('joined')?.token ?? '' })
    await expect.poll(() => late.last('refused')?.about).toBe('token')
  })

  it('is opened only at an address of this machine, and once', async () => {
    instructor.request({ kind: 'open', address: '192.0.2.1' })
    await expect.poll(() => updates.at(-1)).toMatchObject({ kind: 'refused' })
    instructor.request({ kind: 'put', question: { kind: 'number', question: 'Yes?', unit: '' } })
    await expect
      .poll(() => updates.at(-1))
      .toEqual({ kind: 'refused', error: 'The lab is not open to a class.' })
    await open()
    instructor.request({ kind: 'open', address: '127.0.0.1' })
    await expect
      .poll(() => updates.at(-1))
      .toEqual({ kind: 'refused', error: 'The lab is open to a class already.' })
  })
})
