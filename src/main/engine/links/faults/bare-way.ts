// One direction of a health check's connection. The check is not drawn as packets, but its bytes meet the same faults of
// the link.
import type { NodeId, SimMs } from '../../../../shared/ids'
import type { Timer } from '../../clock/clock'
import type { Lab } from '../../lab'
import type { CutBy } from './fault'
import { FaultyWay } from './faulty-way'
import type { Plan } from './plan'

interface BareWayOptions {
  readonly from: NodeId
  readonly to: NodeId
  /** Names the connection for its chances. */
  readonly connection: string
  /** Called with bytes that have got through. */
  through(bytes: Uint8Array): void
  /** Called when a fault ends the connection. */
  cut(how: CutBy): void
}

export class BareWay {
  private readonly way: FaultyWay
  private readonly timers = new Set<Timer>()
  private lastDueAt: SimMs = 0

  constructor(
    private readonly lab: Lab,
    private readonly options: BareWayOptions,
  ) {
    this.way = new FaultyWay(lab.faults, options.connection)
  }

  /** Whether a fault that is no longer set has swallowed bytes. */
  get hasGap(): boolean {
    return this.way.hasGap
  }

  send(bytes: Uint8Array): void {
    const { from, to } = this.options
    const now = this.lab.clock.now()
    const plan = this.lab.faults.active
      ? this.way.plan(from, to, { bytes: bytes.length, isMessage: true }, now)
      : undefined
    this.after(plan?.at ?? now, () => this.arrive(bytes, plan))
  }

  /** Calls `ended`, or `cut`, when the end of the stream has got through, behind all bytes. */
  end(ended: () => void): void {
    const { from, to, cut } = this.options
    const { laterMs, byReset } = this.way.endFate(from, to)
    this.after(this.lab.clock.now() + laterMs, byReset ? () => cut('reset') : ended)
  }

  stop(): void {
    for (const timer of this.timers) this.lab.clock.cancel(timer)
    this.timers.clear()
  }

  private arrive(bytes: Uint8Array, plan: Plan | undefined): void {
    const { through, cut } = this.options
    const ending = plan?.ending
    if (ending === undefined) through(bytes)
    else if (ending.by === 'cut') {
      if (ending.after > 0) through(bytes.subarray(0, ending.after))
      cut(ending.how)
    } else {
      this.way.swallowed(plan)
      if (plan?.closesAfterMs) {
        this.after(this.lab.clock.now() + plan.closesAfterMs, () => cut('close'))
      }
    }
  }

  /** Calls `act` at this time, after all earlier calls; at once if the time has come. */
  private after(at: SimMs, act: () => void): void {
    const { clock } = this.lab
    this.lastDueAt = Math.max(this.lastDueAt, at)
    const inMs = this.lastDueAt - clock.now()
    if (inMs <= 0) {
      act()
      return
    }
    const timer = clock.schedule(inMs, () => {
      this.timers.delete(timer)
      act()
    })
    this.timers.add(timer)
  }
}
