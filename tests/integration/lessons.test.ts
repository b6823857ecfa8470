// A lesson over real sockets and on the real clock: a packet really waits for the answer, and a program of the lesson really
// stands in the proxy's place, from a folder that is there only for as long.
import { existsSync } from 'node:fs'
import { afterEach, expect, it } from 'vitest'
import { requirementsOf, startProgramCheck } from '../../src/main/check/index'
import { createEngine, type Engine } from '../../src/main/engine/index'
import { createLessons, type Lessons } from '../../src/main/lessons/index'
import { proxyPrograms } from '../../src/main/programs/index'
import type { Lesson } from '../../src/shared/lesson/lesson'
import type { LessonRequest, LessonView } from '../../src/shared/lesson/lesson-line'
import type { ProxyPrograms } from '../../src/shared/proxy-programs'
import { GATED, lessonOf, SCENARIO, stepOf } from '../lessons/sample'

const toStop: (() => Promise<unknown>)[] = []
afterEach(async () => {
  for (const stop of toStop.splice(0).reverse()) await stop()
})

async function open(
  lesson: Lesson,
  programs?: ProxyPrograms,
): Promise<{ engine: Engine; lessons: Lessons; ask: (request: LessonRequest) => void }> {
  const engine = await createEngine({ proxyPort: 0, programs })
  toStop.push(() => engine.close())
  await engine.execute({ type: 'setSpeed', speed: 10 })
  const read = { lesson, problems: [] }
  const lessons = await createLessons({
    engine,
    library: {
      list: async () => [{ lesson, isShipped: true }],
      read: async () => read,
      readFile: async () => read,
      onChange: () => () => {},
    },
    progressFile: undefined,
    checks: { start: startProgramCheck, requirements: requirementsOf },
    warn: (text) => expect.unreachable(text),
  })
  toStop.push(() => lessons.close())
  const page = lessons.serve(() => {})
  const ask = (request: LessonRequest) => page.request(request)
  ask({ kind: 'open', id: lesson.id })
  return { engine, lessons, ask }
}

/** Resolves with the first view of which this holds. */
function shown({ runner }: Lessons, holds: (view: LessonView) => boolean): Promise<LessonView> {
  return new Promise((resolve, reject) => {
    const look = (view: LessonView | null) => {
      if (view?.phase === 'stuck') reject(new Error(view.problem))
      else if (view === null || !holds(view)) return
      else resolve(view)
      stop()
    }
    const stop = runner.onChange(look)
    look(runner.view)
  })
}

it('a packet waits for the answer, and goes where the events say', async () => {
  const { engine, lessons, ask } = await open(lessonOf([GATED]))
  const { gate } = await shown(lessons, ({ phase }) => phase === 'open')
  expect(engine.state.clock.paused).toBe(true)
  expect([...engine.state.inFlight.values()].filter(({ held }) => held)).toHaveLength(1)
  expect(gate).toMatchObject({ question: { servers: ['100', '300'] } })
  ask({ kind: 'answer', answer: { kind: 'server', server: '300' } })
  const { gate: told } = await shown(lessons, ({ phase }) => phase === 'done')
  expect(told).toMatchObject({
    reveal: {
      isRight: false,
      truth: { kind: 'server', server: '100' },
      decision: { attempt: 1 },
    },
  })
})

const PROXY = `
import { createServer, connect } from 'node:net'
const port = Number(process.argv[process.argv.indexOf('-port') + 1])
const servers = []
createServer((socket) => {
  socket.on('error', () => {})
  socket.on('data', (bytes) => {
    const message = JSON.parse(bytes)
    if (message.type === 1) servers.push(message)
    else {
      const upstream = connect(servers[0].listenport, '127.0.0.1', () => upstream.write(bytes))
      upstream.on('data', (answer) => { socket.write(answer); upstream.end() })
      upstream.on('error', () => {})
    }
  })
}).listen(port, '127.0.0.1')
`

it('a program stands in the proxy’s place once it is allowed, and is gone with its step', async () => {
  const folders: string[] = []
  const watched: ProxyPrograms = {
    start(wish, watcher) {
      if (wish.kind === 'program') folders.push(wish.folder ?? '')
      return proxyPrograms.start(wish, watcher)
    },
  }
  const lesson = lessonOf(
    [
      stepOf({
        title: 'Another proxy',
        setup: { scenario: SCENARIO, proxy: 'programs/first.mjs' },
        asks: {
          kind: 'ask',
          ask: 'server',
          question: 'Who answers?',
          policy: '111',
          commands: [{ type: 'sendMessage', client: 'client:1' }],
        },
      }),
      stepOf({ title: 'Ours again', setup: { scenario: SCENARIO } }),
    ],
    { programs: new Map([['programs/first.mjs', PROXY]]) },
  )
  const { engine, lessons, ask } = await open(lesson, watched)
  const { program } = await shown(lessons, ({ phase }) => phase === 'programAsked')
  expect(program).toBe('node first.mjs -port {port}')
  expect(folders).toEqual([])
  ask({ kind: 'allowProgram' })
  await shown(lessons, ({ phase }) => phase === 'open')
  expect(engine.state.foreign).toMatchObject({ name: 'first.mjs' })
  expect(folders.map((folder) => existsSync(folder))).toEqual([true])
  ask({ kind: 'answer', answer: { kind: 'server', server: '100' } })
  await shown(lessons, ({ phase }) => phase === 'done')
  ask({ kind: 'goTo', step: 1 })
  await shown(lessons, ({ at, phase }) => at === 1 && phase === 'done')
  expect(engine.state.foreign).toBeNull()
  expect(folders.map((folder) => existsSync(folder))).toEqual([false])
})
