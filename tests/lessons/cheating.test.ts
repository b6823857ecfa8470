// Waiting, or the obvious shortcut, does not fulfil the tasks of lessons 1, 3 and 9. After each attempt the test begins the step
// again and fulfils the task the right way.
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { readLessonAt } from '../../src/main/lessons/index'
import type { Lesson } from '../../src/shared/lesson/lesson'
import { createPlayer, give, isOver, type Player, type Solution, stoppedAt } from './player'
import { SHIPPED } from './shipped'

const LESSONS = join(import.meta.dirname, '../../resources/lessons')
/** In simulated time: three times as long as the longest of these tasks looks back. */
const WAIT_MS = 60_000

interface Cheat {
  readonly commands: Solution
  /** What is said of it, if it spoils the task. */
  readonly spoils?: RegExp
  /** What is said of it, if the lesson does not let anybody do it. */
  readonly refused?: RegExp
}

interface TaskOf {
  readonly folder: string
  readonly title: string
  readonly cheats: Readonly<Record<string, Cheat>>
}

const adds = (server: object) => ({ type: 'addServer', ...server })
const sets = (id: string, fields: object) => ({
  type: 'updateServer',
  node: `server:${id}`,
  ...fields,
})
const removes = (id: string) => ({ type: 'removeNode', node: `server:${id}` })
const sends = (client: string, count = 1) => ({
  type: 'sendMessage',
  client: `client:${client}`,
  count,
  afterMs: 2_000,
})
const setsPool = (fields: object) => ({ type: 'updatePool', policy: '111', ...fields })

const TASKS: readonly TaskOf[] = [
  {
    folder: '01-what-a-reverse-proxy-is',
    title: 'A server goes, and a client does not notice',
    cheats: {
      'to wait': { commands: [] },
      'to send until server 300 has its turn': { commands: [sends('1', 4)] },
      'to remove server 100, and to send nothing': { commands: [removes('100')] },
      'to stop server 100': { commands: [sets('100', { stopped: true }), sends('1', 2)] },
      'to remove server 100 once the answer is there': {
        commands: [sends('1', 2), { ...removes('100'), afterMs: 20_000 }],
      },
      'to let client 2 send': { commands: [removes('100'), sends('2', 2)] },
      'to put a new server in the place of server 300': {
        commands: [adds({ id: '500', policy: '111' }), removes('300'), removes('100'), sends('1')],
        spoils: /300 was the one/,
      },
    },
  },
  {
    folder: '03-round-robin-per-policy',
    title: 'Your turn',
    cheats: {
      'to wait': { commands: [] },
      'to send to the server that is there': { commands: [sends('2', 4)] },
      'to add the server, and to send nothing': {
        commands: [adds({ id: '400', policy: '222' })],
      },
      'to send once': { commands: [adds({ id: '400', policy: '222' }), sends('2')] },
      'to let client 1 send': { commands: [adds({ id: '400', policy: '222' }), sends('1', 4)] },
      'to give the new server another id': {
        commands: [adds({ id: '500', policy: '222' }), sends('2', 4)],
      },
      'to add it for the other policy, and to let client 2 ask for that': {
        commands: [
          sends('2'),
          adds({ id: '400', policy: '111' }),
          { type: 'updateClient', node: 'client:2', policy: '111', afterMs: 8_000 },
          sends('2', 6),
          { type: 'updateClient', node: 'client:2', policy: '222', afterMs: 20_000 },
          { ...removes('400'), afterMs: 1_000 },
        ],
      },
    },
  },
  {
    folder: '09-the-knee',
    title: 'Share the queue, not only the messages',
    cheats: {
      'to wait': { commands: [] },
      'to take turns': { commands: [setsPool({ algorithm: 'round-robin' })] },
      'to change what does not matter': { commands: [setsPool({ hashKey: 'payload' })] },
      'to change it for a moment': {
        commands: [
          setsPool({ algorithm: 'least-connections' }),
          { ...setsPool({ algorithm: 'random' }), afterMs: 5_000 },
        ],
      },
      'to send messages away': {
        commands: [setsPool({ limits: { maxInFlight: 6, maxWaiting: 1, maxRetries: 3 } })],
        spoils: /sent away/,
      },
      'to add a server': { commands: [adds({ policy: '111' })], refused: /keeps the servers/ },
      'to make a server faster': {
        commands: [sets('100', { work: { ms: 10 } })],
        refused: /keeps the servers/,
      },
      'to stop the traffic': {
        commands: [{ type: 'stopTraffic', client: 'client:1' }],
        refused: /what the clients send/,
      },
    },
  },
]

async function read(folder: string): Promise<Lesson> {
  const { lesson } = await readLessonAt(join(LESSONS, folder))
  if (lesson === undefined) throw new Error(`${folder} cannot be played.`)
  return lesson
}

async function take(player: Player, { commands, refused }: Cheat): Promise<void> {
  if (refused === undefined) {
    for (const each of commands) await give(player, each)
    return
  }
  for (const each of commands) {
    expect(await player.touch(each)).toEqual({ ok: false, error: expect.stringMatching(refused) })
  }
}

describe.each(TASKS)('$folder: $title', ({ folder, title, cheats }) => {
  it.each(Object.entries(cheats))('%s does not do it', async (_way, cheat) => {
    const lesson = await read(folder)
    const at = lesson.steps.findIndex((step) => step.title === title)
    const player = await createPlayer(lesson, { record: stoppedAt(at) })
    await player.until(({ phase }) => phase === 'open')
    await take(player, cheat)
    await player.pass(WAIT_MS)
    const { spoils } = cheat
    expect(player.view).toMatchObject({
      phase: 'open',
      gate: { isDone: false, spoilt: spoils === undefined ? null : expect.stringMatching(spoils) },
    })
    await player.ask({ kind: 'again' })
    await player.until(({ phase }) => phase === 'open')
    for (const each of SHIPPED[folder]?.solutions[title] ?? []) await give(player, each)
    await player.until(({ phase }) => isOver(phase))
    expect(player.view.phase).toBe('done')
    await player.close()
  })
})
