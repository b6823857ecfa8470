// A class of two hundred on loopback, of whom a hundred read nothing: how late the lab's event loop gets meanwhile, and how
// long a vote of all of them takes until the instructor sees it whole.
import { resolve } from 'node:path'
import { monitorEventLoopDelay } from 'node:perf_hooks'
import { setTimeout as wait } from 'node:timers/promises'
import { createRooms } from '../../../src/main/room/index'
import type { OpenRoom } from '../../../src/shared/room/room-line'
import { startEntry } from '../children'
import { Traffic } from '../engine/class'
import { clientsOf, startEngine, TIMER_MS } from '../engine/lab'
import type { BenchOptions } from '../options'
import { median } from '../statistics'
import type { BenchTable } from '../table'
import type { ViewersOrder, ViewersReport } from './viewers'

const VIEWERS = 200
const SLOW = 100
const MESSAGES_PER_SECOND = 500
const WARM_UP_MS = 2_000
const MEASURED_MS = 6_000
const VOTES = 5

interface Measured {
  messagesPerSecond: number
  lateP50Ms: number
  lateP99Ms: number
  cpuPercent: number
  picturesPerSecondEach: number
  kilobytesPerSecondEach: number
  /** The slowest of some votes. */
  voteMs: number
  cutOff: number
}

export async function benchClass({ quick }: BenchOptions): Promise<BenchTable[]> {
  const rounds: { alone: Measured; together: Measured }[] = []
  for (let round = 0; round < (quick ? 1 : 3); round++) {
    rounds.push({ alone: await measure(0, 0), together: await measure(VIEWERS, SLOW) })
  }
  const row = (name: string, of: 'alone' | 'together') => {
    const figure = (field: keyof Measured) => median(rounds.map((round) => round[of][field]))
    return [
      name,
      figure('messagesPerSecond'),
      figure('lateP50Ms'),
      figure('lateP99Ms'),
      figure('cpuPercent'),
      figure('picturesPerSecondEach'),
      figure('kilobytesPerSecondEach'),
      figure('voteMs'),
      figure('cutOff'),
    ]
  }
  return [
    {
      name: `Class: ${VIEWERS} viewers, ${SLOW} of whom read nothing, ${MESSAGES_PER_SECOND} messages/s`,
      columns: [
        '',
        'messages/s',
        'late p50 ms',
        'late p99 ms',
        'CPU %',
        'pictures/s each',
        'kB/s each',
        'slowest vote ms',
        'cut off',
      ],
      rows: [row('nobody', 'alone'), row(`${VIEWERS} viewers`, 'together')],
      figures: [
        {
          name: `class of ${VIEWERS}, loop late p99 ms`,
          rounds: rounds.map(({ together }) => together.lateP99Ms),
        },
        {
          name: `class of ${VIEWERS}, vote ms`,
          rounds: rounds.map(({ together }) => together.voteMs),
        },
      ],
    },
  ]
}

async function measure(viewers: number, slow: number): Promise<Measured> {
  const engine = await startEngine(true)
  const warn = (text: string) => {
    if (text.includes('cut off')) console.error(text)
  }
  const rooms = createRooms({ engine, folder: resolve('out/renderer'), warn })
  let open: OpenRoom | null = null
  let changed = () => {}
  const instructor = rooms.serve((update) => {
    if (update.kind !== 'state') return
    open = update.state.open
    changed()
  })
  const until = async (holds: (room: OpenRoom) => boolean) => {
    while (open === null || !holds(open)) {
      await new Promise<void>((resolve) => {
        changed = resolve
      })
    }
    return open
  }
  const child = startEntry<ViewersReport>('class-viewers')
  const count = async () => {
    child.send('count')
    return child.next()
  }
  let traffic: Traffic | undefined
  try {
    instructor.request({ kind: 'open', address: '127.0.0.1' })
    const { url } = await until(() => true)
    const order: ViewersOrder = { url, viewers, slow }
    child.send(order)
    await child.next()
    traffic = new Traffic(engine, await clientsOf(engine), MESSAGES_PER_SECOND)
    await wait(WARM_UP_MS)

    const answeredBefore = engine.state.totals.verdicts.correct
    const before = { ...(await count()) }
    const lateness = monitorEventLoopDelay({ resolution: TIMER_MS })
    lateness.enable()
    const startedAt = performance.now()
    const cpuBefore = process.cpuUsage()
    let voteMs = 0
    for (let vote = 1; vote <= VOTES; vote++) {
      await wait(MEASURED_MS / VOTES)
      if (viewers > 0) voteMs = Math.max(voteMs, await timeVote(vote, viewers))
    }
    const cpu = process.cpuUsage(cpuBefore)
    lateness.disable()
    const seconds = (performance.now() - startedAt) / 1000
    const after = await count()
    const reading = Math.max(1, viewers - slow)
    return {
      messagesPerSecond: (engine.state.totals.verdicts.correct - answeredBefore) / seconds,
      lateP50Ms: lateness.percentile(50) / 1e6 - TIMER_MS,
      lateP99Ms: lateness.percentile(99) / 1e6 - TIMER_MS,
      cpuPercent: (cpu.user + cpu.system) / seconds / 10_000,
      picturesPerSecondEach: (after.moments - before.moments) / seconds / reading,
      kilobytesPerSecondEach: (after.bytes - before.bytes) / seconds / reading / 1000,
      voteMs,
      cutOff: after.closed,
    }
  } finally {
    traffic?.stop()
    await child.stop()
    instructor.stop()
    await rooms.close()
    await engine.close()
  }

  /** From the moment that everybody is asked to answer until the instructor has seen all answers. */
  async function timeVote(vote: number, voters: number): Promise<number> {
    const question = { kind: 'choice', question: 'Which?', options: ['100', '300'] } as const
    instructor.request({ kind: 'put', question })
    await until((room) => room.vote?.id === vote)
    const askedAt = performance.now()
    child.send(vote)
    await until((room) => room.vote?.answered === voters)
    return performance.now() - askedAt
  }
}
