// A class over real sockets, with a whole engine: two hundred viewers of whom half do not read, and votes.
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { requirementsOf, startProgramCheck } from '../../src/main/check/index'
import { createLessons } from '../../src/main/lessons/index'
import { createRooms } from '../../src/main/room/index'
import { percentOf } from '../../src/shared/room/vote'
import { GATED, lessonOf } from '../lessons/sample'
import { startTestRoom, type TestRoom } from './room-class'
import { connectViewer, type TestViewer } from './room-viewer'

const SEED = 20
const VIEWERS = 200

let room: TestRoom

beforeEach(async () => {
  room = await startTestRoom()
})

afterEach(() => room.close())

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
    const url = await room.open()
    const viewers: TestViewer[] = []
    for (let from = 0; from < VIEWERS; from += 20) {
      viewers.push(...(await Promise.all(Array.from({ length: 20 }, () => room.enter(url)))))
    }
    await expect.poll(() => room.opened().viewers).toBe(VIEWERS)
    const [slow, quick] = [viewers.slice(0, 100), viewers.slice(100)]
    for (const viewer of slow) viewer.stopReading()

    // The lab is busy meanwhile: everybody gets pictures of it.
    for (let burst = 0; burst < 5; burst++) await room.engine.execute({ type: 'sendAll' })
    await expect.poll(() => room.engine.state.totals.exchanges.answered).toBe(30)
    await expect
      .poll(() => quick.every((viewer) => viewer.last('moment')?.moment.answered === 30))
      .toBe(true)

    room.instructor.request({
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
        const late = await room.enter(url)
        late.say(choice(1, 1, 2))
        counts[2] = (counts[2] ?? 0) + 1
      }
    }
    await expect.poll(() => room.opened().vote?.answered).toBe(VIEWERS + 10)
    expect(room.opened().vote?.bars).toBeNull()
    expect(room.all.every((viewer) => viewer.last('vote')?.vote?.bars == null)).toBe(true)

    room.instructor.request({ kind: 'reveal', right: [1] })
    await expect.poll(() => room.opened().vote?.bars?.columns[0]?.counts).toEqual(counts)
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
    await expect.poll(() => room.opened().viewers).toBe(VIEWERS)
    expect(room.warnings.join()).not.toContain('cut off')
  })
})

describe('a vote', () => {
  it('is about the real next message, which waits for the reveal, and can be taken twice', async () => {
    const url = await room.open()
    const [ana, ben] = [await room.enter(url, 'Ana'), await room.enter(url)]
    const expected = room.engine.state.next.get('111')
    room.instructor.request({
      kind: 'put',
      question: { kind: 'nextServer', policy: '111', send: true },
    })
    await expect.poll(() => room.opened().vote?.waitsFor).toBe('')
    expect(room.engine.state.clock.paused).toBe(true)
    const ask = room.opened().vote?.ask
    expect(ask).toMatchObject({ options: ['Server 100', 'Server 300'] })
    await expect.poll(() => ben.last('vote')?.vote?.question).toMatch('Which server gets it?')
    // Not even a page that shows more than ours can say whose turn it is.
    const isTold = () => ben.last('moment')?.moment.next.some((index) => index !== null)
    await expect.poll(isTold).toBe(false)
    const late = await room.enter(url)
    await expect.poll(() => late.last('moment')?.moment.next).toEqual([null, null])

    ana.say(choice(1, 1, 0))
    ben.say(choice(1, 1, 1))
    await expect.poll(() => room.opened().vote?.answered).toBe(2)
    room.instructor.request({ kind: 'voteAgain' })
    await expect.poll(() => ben.last('vote')?.vote?.round).toBe(2)
    expect(ben.last('mine')?.answer).toBeNull()
    // An answer to the first round comes too late.
    ben.say(choice(1, 1, 1))
    ana.say(choice(1, 2, 0))
    ben.say(choice(1, 2, 0))
    room.instructor.request({ kind: 'hands', counts: [3, 1] })
    await expect.poll(() => room.opened().vote?.answered).toBe(2)

    room.instructor.request({ kind: 'reveal' })
    await expect.poll(() => ana.last('vote')?.vote?.isRevealed).toBe(true)
    await expect.poll(isTold).toBe(true)
    const vote = ana.last('vote')?.vote
    expect(vote?.truth?.right).toEqual([`Server ${expected}`])
    expect(vote?.bars?.columns).toEqual([
      { label: 'First vote', counts: [1, 1] },
      { label: 'Second vote', counts: [2, 0] },
      { label: 'Second vote, by hands', counts: [3, 1] },
    ])
    expect(vote?.bars?.columns[2] && percentOf(vote.bars.columns[2], 0)).toBe(75)
    await expect.poll(() => room.engine.state.totals.exchanges.answered).toBe(1)
    expect(room.engine.state.clock.paused).toBe(false)
    expect(room.engine.state.breakpoints.size).toBe(0)

    room.instructor.request({ kind: 'results' })
    const results =
      room.updates.find((update) => update.kind === 'results')?.text.split('\r\n') ?? []
    expect(results[1]).toBe(
      `1,The next message for policy 111 waits at the proxy. Which server gets it?,1,1,Ana,Server 100,1,Server ${expected},${expected === '100' ? 'yes' : 'no'}`,
    )
    expect(results).toHaveLength(1 + 4 + 2)
  })

  it('that is ended lets its message go on', async () => {
    await room.open()
    room.instructor.request({
      kind: 'put',
      question: { kind: 'nextServer', policy: '222', send: true },
    })
    await expect.poll(() => room.opened().vote?.waitsFor).toBe('')
    room.instructor.request({ kind: 'endVote' })
    await expect.poll(() => room.engine.state.totals.exchanges.answered).toBe(1)
    expect(room.opened().vote).toBeNull()
    expect(room.engine.state.clock.paused).toBe(false)
  })
})

describe('a lesson', () => {
  it('has its question put to the class, and takes the class’s answer for the reveal', async () => {
    const lesson = lessonOf([GATED])
    const read = async () => ({ lesson, problems: [] })
    const lessons = await createLessons({
      engine: room.engine,
      library: {
        list: async () => [{ lesson, isShipped: true }],
        read,
        readFile: read,
        onChange: () => () => {},
      },
      progressFile: undefined,
      checks: { start: startProgramCheck, requirements: requirementsOf },
      warn: (text) => room.warnings.push(text),
    })
    const withLessons = createRooms({
      engine: room.engine,
      folder: room.folder,
      lessons: lessons.serve,
      warn: (text) => room.warnings.push(text),
      now: () => 0,
    })
    const teacher = withLessons.serve((update) => room.updates.push(update))
    try {
      teacher.request({ kind: 'open', address: '127.0.0.1' })
      await expect.poll(() => room.updates.at(-1)).toHaveProperty('state.open.code')
      const viewer = await room.enter(room.opened().url)
      lessons.serve(() => {}).request({ kind: 'open', id: lesson.id })
      await expect.poll(() => viewer.last('vote')?.vote?.question).toBe('Which server gets it?')
      expect(room.opened().vote).toMatchObject({ about: 'lesson', bars: null })
      expect(room.engine.state.clock.paused).toBe(true)
      // Nobody has answered: there is nothing that the class could say.
      teacher.request({ kind: 'reveal' })
      await expect.poll(() => room.updates.at(-1)).toMatchObject({ kind: 'refused' })

      const vote = viewer.last('vote')?.vote
      viewer.say(choice(vote?.id ?? 0, 1, 1))
      await expect.poll(() => room.opened().vote?.answered).toBe(1)
      teacher.request({ kind: 'reveal' })
      await expect.poll(() => viewer.last('vote')?.vote?.isRevealed).toBe(true)
      expect(viewer.last('vote')?.vote).toMatchObject({
        truth: { right: ['Server 100'], words: 'The answer: Server 100.' },
        bars: { columns: [{ label: 'Vote', counts: [0, 1, 0, 0] }] },
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
    const url = await room.open()
    expect(room.atStake()).toBe('')
    const ana = await room.enter(url, '=Ana\u202e')
    expect(room.atStake()).toBe('The class ends, for 1 viewer.')
    room.instructor.request({
      kind: 'put',
      question: { kind: 'number', question: 'How many?', unit: 'ms' },
    })
    await expect.poll(() => ana.last('vote')?.vote?.id).toBe(1)
    ana.say({ kind: 'answer', question: 1, round: 1, answer: { kind: 'number', value: 5 } })
    await expect.poll(() => room.opened().vote?.answered).toBe(1)
    ana.socket.close()
    await expect.poll(() => room.opened().viewers).toBe(0)
    const again = await connectViewer(url)
    room.all.push(again)
    again.say({ kind: 'return', token: ana.last('joined')?.token ?? '' })
    await expect.poll(() => again.last('mine')?.answer).toEqual({ kind: 'number', value: 5 })
    expect(again.last('joined')?.name).toBe('=Ana')
    room.instructor.request({ kind: 'reveal', right: 7 })
    await expect.poll(() => again.last('vote')?.vote?.bars?.labels).toEqual(['5 ms', '7 ms'])
    expect(room.atStake()).toContain('for 1 viewer. What the class has answered is lost')
    room.instructor.request({ kind: 'results' })
    const text = room.updates.find((update) => update.kind === 'results')?.text
    expect(text).toContain(`1,1,'=Ana,5 ms,1,7 ms,no`)
    // One click ends a class: its results are there until another one begins.
    room.instructor.request({ kind: 'close' })
    await expect
      .poll(() => room.updates.at(-1))
      .toMatchObject({ state: { open: null, endedQuestions: 1 } })
    room.instructor.request({ kind: 'results' })
    expect(room.updates.at(-1)).toMatchObject({ kind: 'results', text })
    expect(room.atStake()).toBe('')
    await room.open()
    await expect.poll(() => room.updates.at(-1)).toMatchObject({ state: { endedQuestions: 0 } })
  })

  it('sees where the instructor points, and what it looks at itself', async () => {
    const viewer = await room.enter(await room.open())
    room.instructor.request({ kind: 'point', node: 'server:100', spotlight: null })
    await expect.poll(() => viewer.last('pointed')?.node).toBe('server:100')
    const spotlight = { kind: 'policy', id: '111' } as const
    room.instructor.request({ kind: 'point', node: 'server:100', spotlight })
    await expect.poll(() => viewer.last('pointed')?.spotlight).toEqual(spotlight)
    viewer.say({ kind: 'look', node: 'client:1' })
    await expect.poll(() => viewer.last('details')?.details?.name).toBe('Client 1')
    viewer.say({ kind: 'look', node: 'client:none' })
    await expect.poll(() => viewer.last('details')?.details).toBeNull()
  })
})
