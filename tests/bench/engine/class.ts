// A class that watches: the whole engine in this process, as many messages a second as asked for, and viewers at the app's
// own web host on loopback. How late the event loop gets, and what each viewer is sent.

import { resolve } from 'node:path'
import { monitorEventLoopDelay } from 'node:perf_hooks'
import { setTimeout as wait } from 'node:timers/promises'
import type { Engine } from '../../../src/main/engine/index'
import { startWebHost } from '../../../src/main/headless/web-host'
import { VIEWER_ADDRESS_PATH } from '../../../src/shared/contract'
import type { NodeId } from '../../../src/shared/ids'
import { startEntry } from '../children'
import { clientsOf, startEngine, TIMER_MS } from './lab'
import type { ViewersOrder, ViewersReport } from './viewers'

export const MESSAGES_PER_SECOND = 1_000
export const FRAMES_PER_SECOND = 10
const TICK_MS = 5
/** What a late tick makes up for at the most: the rate is a ceiling, never a burst. */
const MAX_CATCH_UP_MS = 50
const WARM_UP_MS = 2_000
const MEASURED_MS = 4_000

export interface ClassMeasured {
  messagesPerSecond: number
  framesPerSecondEach: number
  megabytesPerSecond: number
  cpuPercent: number
  lateP50Ms: number
  lateP99Ms: number
  incorrect: number
}

export async function measureClass(viewers: number): Promise<ClassMeasured> {
  const engine = await startEngine(true)
  const warn = (text: string) => console.error(text)
  const host = await startWebHost({ engine, folder: resolve('out/renderer'), port: 0, warn })
  const { origin, search } = new URL(host.url)
  const page = await (await fetch(`${origin}${VIEWER_ADDRESS_PATH}${search}`)).text()
  const child = startEntry<ViewersReport>('engine-viewers')
  const count = async () => {
    child.send('count')
    return child.next()
  }
  let traffic: Traffic | undefined
  try {
    const order: ViewersOrder = { page, viewers, framesPerSecond: FRAMES_PER_SECOND }
    child.send(order)
    await child.next()
    traffic = new Traffic(engine, await clientsOf(engine), MESSAGES_PER_SECOND)
    await wait(WARM_UP_MS)

    const before = engine.state
    const sentBefore = await count()
    const lateness = monitorEventLoopDelay({ resolution: TIMER_MS })
    lateness.enable()
    const startedAt = performance.now()
    const cpuBefore = process.cpuUsage()
    await wait(MEASURED_MS)
    const cpu = process.cpuUsage(cpuBefore)
    lateness.disable()
    const sentAfter = await count()
    const seconds = (performance.now() - startedAt) / 1000
    const after = engine.state
    const { verdicts, exchanges } = after.totals
    return {
      messagesPerSecond: (verdicts.correct - before.totals.verdicts.correct) / seconds,
      framesPerSecondEach: (sentAfter.frames - sentBefore.frames) / seconds / viewers,
      megabytesPerSecond: (sentAfter.bytes - sentBefore.bytes) / seconds / 1e6,
      cpuPercent: (cpu.user + cpu.system) / seconds / 10_000,
      lateP50Ms: lateness.percentile(50) / 1e6 - TIMER_MS,
      lateP99Ms: lateness.percentile(99) / 1e6 - TIMER_MS,
      incorrect: verdicts.wrong + verdicts.error + exchanges.lost,
    }
  } finally {
    traffic?.stop()
    await child.stop()
    await host.close()
    await engine.close()
  }
}

/** Sends at a steady rate, the clients in turn. */
export class Traffic {
  private sent = 0
  private readonly timer: NodeJS.Timeout

  constructor(engine: Engine, clients: readonly NodeId[], messagesPerSecond: number) {
    let due = 0
    let lastTick = performance.now()
    this.timer = setInterval(() => {
      const now = performance.now()
      due += (Math.min(now - lastTick, MAX_CATCH_UP_MS) * messagesPerSecond) / 1000
      lastTick = now
      for (; this.sent < due; this.sent++) {
        const client = clients[this.sent % clients.length]
        if (client) void engine.execute({ type: 'sendMessage', client })
      }
    }, TICK_MS)
  }

  stop(): void {
    clearInterval(this.timer)
  }
}
