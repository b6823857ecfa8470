// The algorithms that a pool does not run, beside the one that it does: what would they have chosen for the same message?
// Each has a memory and chance of its own and hears everything that the pool's own one hears. Health and load are the real
// servers': a shadow sends nothing.
import { type Others, SHADOW_ORDER } from '../../../shared/decision/others'
import type { AlgorithmName } from '../../../shared/decision/reason'
import type { ProtocolId, SimMs } from '../../../shared/ids'
import type { PoolValues } from '../../../shared/settings/pool'
import type { Random } from '../clock/random'
import type { ChoiceContext, Member, RunningAlgorithm } from './balance/algorithm'
import { startAlgorithm } from './balance/registry'

interface Shadow {
  readonly algorithm: RunningAlgorithm
  /** Changed for each message. */
  readonly ask: {
    key: string
    readonly tried: 0
    waited: boolean
    now: SimMs
    readonly random: Random
  }
}

/** Chance for this use alone. */
export type Chance = (use: AlgorithmName) => Random

export class Shadows {
  /** In SHADOW_ORDER; undefined: the pool's own one. */
  private readonly all: readonly (Shadow | undefined)[]
  private readonly shadows: readonly Shadow[]
  /** Those that count what servers carry, and those that measure how long servers take: few, of every message. */
  private readonly counting: readonly RunningAlgorithm[]
  private readonly measuring: readonly RunningAlgorithm[]
  private messages = 0

  constructor(
    settings: PoolValues,
    members: readonly Member[],
    available: readonly Member[],
    chance: Chance,
  ) {
    this.all = SHADOW_ORDER.map((name) => {
      if (name === settings.algorithm) return undefined
      const algorithm = startAlgorithm({ ...settings, algorithm: name }, members)
      algorithm.usable(available)
      return { algorithm, ask: { key: '', tried: 0, waited: false, now: 0, random: chance(name) } }
    })
    this.shadows = this.all.filter((shadow) => shadow !== undefined)
    const algorithms = this.shadows.map(({ algorithm }) => algorithm)
    this.counting = algorithms.filter(({ loadChanged }) => loadChanged !== undefined)
    this.measuring = algorithms.filter(({ ended }) => ended !== undefined)
  }

  /** `own`: the server that the pool's own algorithm has chosen. */
  choose(
    own: ProtocolId,
    available: readonly Member[],
    { key, waited, now }: Pick<ChoiceContext, 'key' | 'waited' | 'now'>,
  ): Others {
    const chosen: ProtocolId[] = []
    for (const shadow of this.all) {
      if (shadow === undefined) {
        chosen.push(own)
        continue
      }
      const { algorithm, ask } = shadow
      ask.key = key
      ask.waited = waited
      ask.now = now
      chosen.push(algorithm.choose(available, ask).server)
    }
    return { message: ++this.messages, chosen }
  }

  changed(members: readonly Member[]): void {
    for (const { algorithm } of this.shadows) algorithm.changed(members)
  }

  weighed(members: readonly Member[]): void {
    for (const { algorithm } of this.shadows) algorithm.weighed(members)
  }

  usable(available: readonly Member[]): void {
    for (const { algorithm } of this.shadows) algorithm.usable(available)
  }

  loadChanged(server: Member, by: 1 | -1): void {
    for (const algorithm of this.counting) algorithm.loadChanged?.(server, by)
  }

  ended(server: Member, tookMs: SimMs, now: SimMs): void {
    for (const algorithm of this.measuring) algorithm.ended?.(server, tookMs, now)
  }

  failed(server: Member, maxFails: number): void {
    for (const { algorithm } of this.shadows) algorithm.failed(server, maxFails)
  }

  queueBegins(): void {
    for (const { algorithm } of this.shadows) algorithm.queueBegins()
  }
}
