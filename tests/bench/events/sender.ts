// The sending side of the events benchmark: a journal that tells generated events, the real feed over it, and
// the process's own CPU time while it runs.
import { setTimeout as wait } from 'node:timers/promises'
import { createRealClock } from '../../../src/main/engine/clock/real-clock'
import type { Engine } from '../../../src/main/engine/index'
import { openFeed } from '../../../src/main/engine/story/feed'
import { Journal } from '../../../src/main/engine/story/journal'
import { furnish, startEvents } from './generator'

/** Some more than the aim, so that the aim is met with room for a late tick. */
const EVENTS_PER_SECOND = 110_000
const WARM_UP_MS = 1_000
const MEASURED_MS = 2_500

/** What a sending process says to the benchmark. */
export type SenderReport<Address> =
  | { type: 'ready'; address: Address }
  /** The warm-up is over. */
  | { type: 'measuring' }
  | ({ type: 'done' } & Sent)

export interface Sent {
  seconds: number
  events: number
  cpuSeconds: number
}

export class Sender {
  readonly journal: Journal
  /** What the hosts serve: the feed is the real one. */
  readonly engine: Pick<Engine, 'openScreen' | 'readRecording' | 'listSessions' | 'discardSession'>

  constructor() {
    const clock = createRealClock()
    const journal = new Journal(clock)
    furnish(journal)
    this.journal = journal
    this.engine = {
      openScreen: () => ({
        execute: async () => ({ ok: false, error: 'The benchmark takes no commands.' }),
        openFeed: (send) => openFeed(journal, clock, send),
        close() {},
      }),
      readRecording: async () => {
        throw new Error('The benchmark records nothing.')
      },
      listSessions: async () => [],
      discardSession: async () => {},
    }
  }

  /** Generates events for a while. `measuring` is called when the warm-up is over. */
  async run(measuring: () => void): Promise<Sent> {
    const stop = startEvents(this.journal, EVENTS_PER_SECOND)
    await wait(WARM_UP_MS)
    measuring()
    const firstEvent = this.journal.state.seq
    const startedAt = performance.now()
    const cpu = process.cpuUsage()
    await wait(MEASURED_MS)
    const { user, system } = process.cpuUsage(cpu)
    const seconds = (performance.now() - startedAt) / 1000
    stop()
    return {
      seconds,
      events: this.journal.state.seq - firstEvent,
      cpuSeconds: (user + system) / 1e6,
    }
  }
}

/** Runs whenever the benchmark says so, and ends with it. */
export function obey<Address>(sender: Sender, address: Address): void {
  const report = (message: SenderReport<Address>) => process.send?.(message)
  process.on('message', () => {
    sender
      .run(() => report({ type: 'measuring' }))
      .then((sent) => report({ type: 'done', ...sent }))
  })
  process.on('disconnect', () => process.exit())
  report({ type: 'ready', address })
}
