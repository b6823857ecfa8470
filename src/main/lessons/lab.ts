// The lab as a lesson uses it: it gives commands, locks what the screens must not touch, and knows its own changes from
// those of others.
import type { LabEvent } from '../../shared/events'
import type { SimMs } from '../../shared/ids'
import { type Lock, lockRefusal } from '../../shared/lesson/locks'
import type { State } from '../../shared/state/state'
import type { Engine } from '../engine'
import { LessonFault } from './fault'

const PREPARING = 'The lesson prepares the lab: wait a moment.'

/** Commands of a window that change nothing of the lab. */
const HARMLESS: ReadonlySet<string> = new Set(['look', 'lookBack', 'returnToLive', 'placeNodes'])

export class LessonLab {
  private giving = 0
  private lift = () => {}

  constructor(private readonly engine: LessonEngine) {}

  get state(): State {
    return this.engine.state
  }

  get now(): SimMs {
    return this.engine.now
  }

  get isPaused(): boolean {
    return this.engine.state.clock.paused
  }

  /** Whether a command of the lesson is being carried out. */
  get isChanging(): boolean {
    return this.giving > 0
  }

  /** Carries out a command of the lesson, whatever is locked. Rejects with a LessonFault. */
  async give(command: object): Promise<void> {
    this.giving++
    try {
      const result = await this.engine.execute(command)
      if (!result.ok) throw new LessonFault(result.error)
    } finally {
      this.giving--
    }
  }

  /**
   * Carries out a command that stands in a lesson. It starts no program of its own choice: a lesson may come from anywhere, and
   * a person is asked before its own program is started. Rejects with a LessonFault.
   */
  async giveAuthored(command: { readonly type: string; readonly by?: unknown }): Promise<void> {
    if (command.type === 'swapProxy' && command.by !== 'haproxy' && command.by !== 'nginx') {
      throw new LessonFault('A lesson puts a program in the proxy’s place by “proxy” only.')
    }
    await this.give(command)
  }

  /** Lets the lab run. */
  async resume(): Promise<void> {
    if (this.isPaused) await this.give({ type: 'resume' })
  }

  async pause(): Promise<void> {
    if (!this.isPaused) await this.give({ type: 'pause' })
  }

  /**
   * Pauses the lab at this moment of simulated time, but only once everybody has heard of the event that is being told.
   * Resolves when it is paused, whoever has paused it, or when its session has ended.
   */
  pauseHere(): Promise<void> {
    if (this.isPaused) return Promise.resolve()
    return new Promise((resolve) => {
      const stop = this.engine.subscribe((event) => {
        if (event.seq === 1 || (event.type === 'clock.changed' && event.paused)) done()
      })
      const cancel = this.engine.schedule(0, () => void this.pause().then(done, done))
      const done = () => {
        stop()
        cancel()
        resolve()
      }
    })
  }

  lock(locks: readonly Lock[]): void {
    this.lift()
    this.lift = this.engine.restrict((intent) => lockRefusal(locks, intent))
  }

  /** No screen changes anything until the next `lock` or `unlock`. */
  lockEverything(): void {
    this.lift()
    this.lift = this.engine.restrict(({ type }) => (HARMLESS.has(type) ? undefined : PREPARING))
  }

  unlock(): void {
    this.lift()
    this.lift = () => {}
  }

  schedule(delayMs: SimMs, fire: () => void): () => void {
    return this.engine.schedule(delayMs, fire)
  }

  subscribe(listener: (event: LabEvent) => void): () => void {
    return this.engine.subscribe(listener)
  }
}

/** The part of the engine that lessons use. */
export type LessonEngine = Pick<
  Engine,
  'state' | 'now' | 'execute' | 'restrict' | 'schedule' | 'subscribe'
>
