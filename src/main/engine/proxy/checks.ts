// Health checks: which servers are checked, when is the next one of each, and which have no result yet?
import type { CheckId, ProtocolId } from '../../../shared/ids'
import { composeClientMessage } from '../../../shared/protocol/compose'
import type { PoolValues } from '../../../shared/settings/pool'
import { isCheckedBy } from '../pools/guards'
import { firstCheckMs } from '../pools/health/active'
import type { Effects } from './effects'
import type { Membership } from './membership'
import type { TimerId } from './protocol'
import type { Server } from './table'
import type { TimeLimits } from './time-limits'

type Settings = Exclude<PoolValues['checks'], 'off'>

export interface CheckLimit {
  readonly purpose: 'check'
  readonly plan: Plan
}

/** The checks of one server. */
interface Plan {
  readonly server: Server
  readonly policy: ProtocolId
  readonly settings: Settings
  /** Until the next check begins. */
  timer: TimerId | undefined
  /** The one that has no result yet. */
  running: CheckId | undefined
}

/** The client's id in a check that is a message. */
const SOURCE: ProtocolId = 'check'

export class Checks {
  private readonly plans = new Map<Server, Plan>()
  private readonly running = new Map<CheckId, Plan>()
  private lastId: CheckId = 0
  /** No server is checked, whatever the settings are. */
  isOff = false

  /** `hashOf`: the hash that is due in the answer to a payload. */
  constructor(
    private readonly effects: Effects,
    private readonly limits: Pick<TimeLimits<CheckLimit>, 'start' | 'stop'>,
    private readonly membership: Membership,
    private readonly hashOf: (payload: string) => string,
  ) {}

  /** This policy's pool has other settings, or other servers. */
  changed(policy: ProtocolId): void {
    const checks = this.isOff ? 'off' : this.membership.settingsOf(policy).checks
    if (checks === 'off' && this.plans.size === 0) return
    const due = new Set(this.dueServers(policy, checks))
    for (const plan of [...this.plans.values()]) {
      const { server } = plan
      if (plan.policy !== policy && server.policy !== policy) continue
      if (plan.policy !== policy || plan.settings !== checks || !due.has(server)) this.stop(plan)
      else due.delete(server)
    }
    if (checks === 'off') return
    // HAProxy spreads the first checks; a server that is added later is checked after an interval.
    let place = 0
    for (const server of due) {
      const delayMs = due.size > 1 ? firstCheckMs(checks, place++, due.size) : checks.intervalMs
      const plan: Plan = { server, policy, settings: checks, timer: undefined, running: undefined }
      this.plans.set(server, plan)
      this.wait(plan, delayMs)
    }
  }

  timeUp({ plan }: CheckLimit): void {
    const { server, policy, settings } = plan
    const check = ++this.lastId
    plan.timer = undefined
    plan.running = check
    this.running.set(check, plan)
    const payload = `check ${check}`
    const question = {
      bytes: composeClientMessage(SOURCE, policy, payload),
      hash: this.hashOf(payload),
    }
    const { id, node, address, port } = server
    this.effects.add({
      type: 'check',
      check,
      server: id,
      node,
      address,
      port,
      question: settings.way === 'message' ? question : undefined,
      limitMs: settings.intervalMs,
    })
  }

  /** HAProxy counts the interval from the end of a check. */
  ended(check: CheckId, passed: boolean, detail: string): void {
    const plan = this.running.get(check)
    // Undefined: it was given up meanwhile.
    if (plan === undefined) return
    this.running.delete(check)
    plan.running = undefined
    this.effects.report({ type: 'check.ended', check, passed, detail })
    this.wait(plan, plan.settings.intervalMs)
    this.membership.checked(plan.server, passed)
  }

  private dueServers(policy: ProtocolId, checks: PoolValues['checks']): Server[] {
    const ids = this.membership.pool(policy)?.ids ?? []
    const servers = ids.flatMap((id) => this.membership.get(id) ?? [])
    return servers.filter(isCheckedBy(checks))
  }

  private wait(plan: Plan, delayMs: number): void {
    plan.timer = this.limits.start({ purpose: 'check', plan }, 0, delayMs)
  }

  private stop(plan: Plan): void {
    this.plans.delete(plan.server)
    this.limits.stop(plan.timer)
    const check = plan.running
    if (check === undefined) return
    this.running.delete(check)
    this.effects.add({ type: 'endCheck', check })
    const detail = 'it was given up: the server is not checked any more'
    this.effects.report({ type: 'check.ended', check, passed: false, detail })
  }
}
