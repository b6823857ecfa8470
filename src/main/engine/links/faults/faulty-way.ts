// The faults on one direction of one connection. What happens to a packet is decided when it is sent, and decided again
// only if a fault is taken out meanwhile.
import { linkWay } from '../../../../shared/fault-words'
import type { FaultId, NodeId, SimMs } from '../../../../shared/ids'
import type { Random } from '../../clock/random'
import type { EndFate, FaultOnLink } from './fault'
import type { Faults, SetFault } from './faults'
import { type Plan, type PlanStep, planOf, replanned } from './plan'
import { FAULTS } from './registry'

interface Sent {
  readonly bytes: number
  readonly isMessage: boolean
  /**
   * The name of the message that it answers: its chances are then the same in whatever order answers come. Omitted: they
   * are drawn in the order of packets.
   */
  readonly message?: string | undefined
}

interface Met {
  readonly fault: SetFault
  /** Undefined: this connection does not meet it. */
  readonly here: FaultOnLink | undefined
  readonly chance: Chance
}

/** Draws for one packet after another, from the connection's source or from that of a message. */
class Chance implements Random {
  source: Random

  constructor(readonly ofConnection: Random) {
    this.source = ofConnection
  }

  next(): number {
    return this.source.next()
  }

  integer(most: number): number {
    return this.source.integer(most)
  }
}

export class FaultyWay {
  private readonly met = new Map<FaultId, Met>()
  /** The fault that has swallowed a packet: bytes are missing. */
  private swallowedBy: SetFault | undefined

  constructor(
    private readonly faults: Faults,
    private readonly connection: string,
  ) {}

  /** Undefined: no fault does anything to the packet. */
  plan(
    from: NodeId,
    to: NodeId,
    { bytes, isMessage, message }: Sent,
    now: SimMs,
  ): Plan | undefined {
    const steps: PlanStep[] = []
    let [at, size] = [now, bytes]
    for (const { fault, here, chance } of this.on(from, to)) {
      chance.source =
        message === undefined ? chance.ofConnection : this.faults.randomOf(fault, message)
      const fate = here.pass({ bytes: size, at, isMessage })
      if (fate.count === undefined) continue
      const until = at + (fate.laterMs ?? 0)
      steps.push({ fault, here, fate, from: at, until })
      at = until
      if (fate.ending?.by === 'swallowed') break
      size = fate.ending?.after ?? size
    }
    return steps.length === 0 ? undefined : planOf(steps, now)
  }

  /** The plan of a packet on the link now that faults have changed. */
  replan(plan: Plan, now: SimMs): Plan {
    return replanned(plan, (fault) => this.faults.has(fault), now)
  }

  /** A packet with this plan has been swallowed. */
  swallowed(plan: Plan | undefined): void {
    this.swallowedBy ??= plan?.steps.find(({ fate }) => fate.ending?.by === 'swallowed')?.fault
  }

  /** What happens to the end of the stream. */
  endFate(from: NodeId, to: NodeId): EndFate {
    let [laterMs, byReset] = [0, false]
    for (const { here } of this.on(from, to)) {
      laterMs += here.endLaterMs ?? 0
      byReset ||= here.endsByReset ?? false
    }
    return { laterMs, byReset }
  }

  /** Whether the fault that has swallowed bytes was taken out or changed. */
  get hasGap(): boolean {
    return this.swallowedBy !== undefined && !this.faults.has(this.swallowedBy)
  }

  private *on(from: NodeId, to: NodeId): Iterable<Met & { here: FaultOnLink }> {
    const { link, direction } = linkWay(from, to)
    for (const fault of this.faults.inOrder) {
      if (fault.link !== link || fault.direction !== direction) continue
      const { here, chance } = this.meet(fault, direction)
      if (here) yield { fault, here, chance }
    }
  }

  /** Whether the connection meets a fault is drawn once, and again when the fault has changed. */
  private meet(fault: SetFault, direction: string): Met {
    const met = this.met.get(fault.id)
    if (met?.fault === fault) return met
    const chance = new Chance(this.faults.randomOf(fault, `${direction} ${this.connection}`))
    const here = chance.next() < fault.probability ? FAULTS[fault.fault](fault, chance) : undefined
    const now = { fault, here, chance }
    this.met.set(fault.id, now)
    return now
  }
}
