// Which of a server's messages and connections meet its misbehaviour: by time, by number, by chance.
import type { SimMs } from '../../../shared/ids'
import type { ValueOf } from '../../../shared/settings/derive'
import type { BEHAVIOUR } from '../../../shared/settings/features/behaviour'
import type { Clock, Timer } from '../clock/clock'
import type { Random } from '../clock/random'
import type { Asked, Reaction } from './behaviours/behaviour'
import { BEHAVIOURS } from './behaviours/registry'

type BehaviourValues = ValueOf<typeof BEHAVIOUR>

interface MisbehaviourParts {
  readonly clock: Clock
  readonly random: Random
  /** Called when the server may begin or cease to refuse every connection. */
  changed(): void
}

export class Misbehaviour {
  private values: BehaviourValues = 'off'
  private setAt: SimMs = 0
  /** The messages, or connections, since it began. */
  private met = 0
  private timers: Timer[] = []

  constructor(private readonly parts: MisbehaviourParts) {}

  /** Begins anew: times and numbers count from now on. */
  set(values: BehaviourValues): void {
    const { clock, changed } = this.parts
    this.stop()
    this.values = values
    this.setAt = clock.now()
    this.met = 0
    if (values === 'off' || values.kind !== 'refuse') return
    const { fromMs, untilMs } = values
    this.timers = [fromMs, untilMs]
      .filter((ms) => ms > 0)
      .map((ms) => clock.schedule(ms, () => changed()))
  }

  stop(): void {
    for (const timer of this.timers) this.parts.clock.cancel(timer)
    this.timers = []
  }

  /** Every connection is refused now: nothing listens. */
  get refusesAll(): boolean {
    const { values } = this
    if (values === 'off' || values.kind !== 'refuse' || !this.isInTime(values)) return false
    return values.probability === 1 && values.every === 1 && values.first === 0
  }

  /** One of several connections is refused: it is reset as soon as it is accepted. */
  refusesOne(): boolean {
    const { values } = this
    return values !== 'off' && values.kind === 'refuse' && this.isMet(values)
  }

  /** Returns undefined if the message is answered as it should be. */
  reactionTo(asked: Omit<Asked, 'ms'>): Reaction | undefined {
    const { values } = this
    if (values === 'off' || values.kind === 'refuse' || !this.isMet(values)) return undefined
    return BEHAVIOURS[values.kind]({ ...asked, ms: values.ms })
  }

  private isMet(values: Exclude<BehaviourValues, 'off'>): boolean {
    if (!this.isInTime(values)) return false
    const { every, first, probability } = values
    const number = ++this.met
    if (number % every !== 0 || (first > 0 && number > first)) return false
    return this.parts.random.next() < probability
  }

  private isInTime({ fromMs, untilMs }: Exclude<BehaviourValues, 'off'>): boolean {
    const sinceMs = this.parts.clock.now() - this.setAt
    return sinceMs >= fromMs && (untilMs === 0 || sinceMs < untilMs)
  }
}
