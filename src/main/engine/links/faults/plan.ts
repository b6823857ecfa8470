// What happens to a packet on a link with faults: what each fault that it meets does, one after another.
import type { SimMs } from '../../../../shared/ids'
import type { Harm } from '../../../../shared/link-fault'
import type { CutOff, Fate, FaultOnLink } from './fault'
import type { SetFault } from './faults'

/** A fault that does something to the packet, from the time when the packet comes to it. */
export interface PlanStep {
  readonly fault: SetFault
  readonly here: FaultOnLink
  readonly fate: Fate
  readonly from: SimMs
  readonly until: SimMs
}

export interface Plan {
  readonly steps: readonly PlanStep[]
  /** When its last byte is through, without the link's latency. */
  readonly at: SimMs
  readonly harms: readonly Harm[]
  readonly slices: NonNullable<Fate['slices']>
  readonly ending: CutOff | undefined
  /** If it is swallowed: how long the silence behind it lasts before the connection closes. */
  readonly closesAfterMs: SimMs | undefined
}

export function planOf(steps: readonly PlanStep[], sentAt: SimMs): Plan {
  const last = steps.findLast(({ fate }) => fate.ending !== undefined)
  return {
    steps,
    at: steps.at(-1)?.until ?? sentAt,
    harms: steps.map(({ fault: { fault }, fate: { laterMs: ms = 0, count = 0 } }) => ({
      fault,
      ms,
      count,
    })),
    slices: steps.find(({ fate }) => fate.slices)?.fate.slices ?? [],
    ending: last?.fate.ending,
    closesAfterMs: last?.here.closesAfterMs,
  }
}

/**
 * The plan when some faults have been changed or taken out. A packet that has not come to such a fault does not meet it; a
 * packet that it delays gets through as soon as the fault can let it go.
 */
export function replanned(plan: Plan, isSet: (fault: SetFault) => boolean, now: SimMs): Plan {
  if (plan.steps.every(({ fault, until }) => until <= now || isSet(fault))) return plan
  const steps: PlanStep[] = []
  const sentAt = plan.steps[0]?.from ?? now
  let at = sentAt
  for (const step of plan.steps) {
    const { fault, here, until } = step
    let { fate } = step
    if (until > now && !isSet(fault)) {
      if (at > now) continue
      fate = takenOut(fate, here, now - at)
    }
    const from = at
    at += fate.laterMs ?? 0
    if (at < until) here.lastThroughAt?.(at)
    steps.push({ fault, here, fate, from, until: at })
  }
  return planOf(steps, sentAt)
}

function takenOut(fate: Fate, here: FaultOnLink, hereMs: SimMs): Fate {
  if (here.takenOut) return here.takenOut(fate, hereMs)
  return fate.ending ? fate : { ...fate, laterMs: hereMs }
}
