// The sending side of the events benchmark: a journal that writes generated events, and the process's own CPU time while
// it runs, in short phases that alternate between sending to the open pages and not sending.
import { setTimeout as wait } from 'node:timers/promises'
import { createRealClock } from '../../../src/main/engine/clock/real-clock'
import type { Engine } from '../../../src/main/engine/index'
import { openFeed } from '../../../src/main/engine/story/feed'
import { Journal } from '../../../src/main/engine/story/journal'
import { furnish, startEvents } from './generator'

export const EVENTS_PER_SECOND = 100_000
/** The time at the beginning of each phase that is not measured: the snapshot that a page begins with, or the last acknowledgements. */
const LEAD_IN_MS = 50
/** Short, so that the machine is as fast in one phase as in the next. */
export const MEASURED_MS = 200

/** What a sending process says to the benchmark. */
export type SenderReport<Address> =
  | { type: 'ready'; address: Address }
  | { type: 'done'; phases: Phase[] }

/** How many phases with sending; one without comes before each and after the last. */
export interface RunOrder {
  pairs: number
}

export interface Phase {
  isSending: boolean
  events: number
  cpuSeconds: number
}

/** Begins to send to one page; returns the way to stop. */
type StartSending = () => () => void

export class Sender {
  readonly journal: Journal
  /** What the hosts serve. The feed is the real one, and exists only in phases that send. */
  readonly engine: Pick<Engine, 'openScreen' | 'readRecording' | 'listSessions' | 'discardSession'>
  private readonly pages = new Set<StartSending>()

  constructor() {
    const clock = createRealClock()
    const journal = new Journal(clock)
    furnish(journal)
    this.journal = journal
    this.engine = {
      openScreen: () => ({
        execute: async () => ({ ok: false, error: 'The benchmark takes no commands.' }),
        openFeed: (send) => {
          let feed: ReturnType<typeof openFeed> | undefined
          const close = this.addPage(() => {
            feed = openFeed(journal, clock, send)
            return () => feed?.close()
          })
          return { acknowledge: (frame) => feed?.acknowledge(frame), close }
        },
        close() {},
      }),
      readRecording: async () => {
        throw new Error('The benchmark records nothing.')
      },
      listSessions: async () => [],
      discardSession: async () => {},
    }
  }

  /** Returns the way to remove the page. */
  addPage(start: StartSending): () => void {
    this.pages.add(start)
    return () => this.pages.delete(start)
  }

  async run({ pairs }: RunOrder): Promise<Phase[]> {
    // As with the recorder in the app: all events are written to bytes, whether or not anything is sent.
    void this.journal.end
    const phases: Phase[] = []
    const stopEvents = startEvents(this.journal, EVENTS_PER_SECOND)
    for (let index = 0; index <= 2 * pairs; index++) phases.push(await this.phase(index % 2 === 1))
    stopEvents()
    return phases
  }

  private async phase(isSending: boolean): Promise<Phase> {
    const started = isSending ? [...this.pages].map((start) => start()) : []
    await wait(LEAD_IN_MS)
    const firstEvent = this.journal.end.seq
    const cpu = process.cpuUsage()
    await wait(MEASURED_MS)
    const { user, system } = process.cpuUsage(cpu)
    const events = this.journal.end.seq - firstEvent
    for (const stop of started) stop()
    return { isSending, events, cpuSeconds: (user + system) / 1e6 }
  }
}

/** Runs whenever the benchmark says so, and ends with it. */
export function obey<Address>(sender: Sender, address: Address): void {
  const report = (message: SenderReport<Address>) => process.send?.(message)
  process.on('message', (order: RunOrder) => {
    void sender.run(order).then((phases) => report({ type: 'done', phases }))
  })
  process.on('disconnect', () => process.exit())
  report({ type: 'ready', address })
}
