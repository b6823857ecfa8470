// HAProxy's checks in a pool: what they have found, and the messages that could not be handed over (observe layer4).
import type { PoolValues } from '../../../../shared/settings/pool'
import { type Checked, checked, needed, observed, UNCHECKED } from './active'
import type { Happening, HealthGuard, ServerCondition } from './guard'

export class HaproxyChecks<S> implements HealthGuard<S> {
  private readonly states = new Map<S, Checked>()

  constructor(
    private readonly settings: Exclude<PoolValues['checks'], 'off'>,
    private readonly isChecked: (server: S) => boolean,
  ) {}

  why(server: S) {
    return this.stateOf(server).isUp ? undefined : 'down'
  }

  condition(server: S): Partial<ServerCondition> | undefined {
    const state = this.stateOf(server)
    const { isUp, streak, byErrors } = state
    if (isUp && streak === 0) return undefined
    return {
      ...(!isUp && { health: 'down', cause: byErrors ? 'errors' : 'checks' }),
      ...(streak > 0 && { streak, streakOf: needed(state, this.settings) }),
    }
  }

  note(server: S, happening: Happening): boolean {
    const before = this.stateOf(server)
    const after = this.after(server, before, happening)
    if (after === before) return false
    this.states.set(server, after)
    return after.isUp !== before.isUp || after.streak !== before.streak
  }

  forget(server: S): void {
    this.states.delete(server)
  }

  private after(server: S, state: Checked, happening: Happening): Checked {
    switch (happening) {
      case 'checkPassed':
      case 'checkFailed':
        return checked(state, this.settings, happening === 'checkPassed')
      case 'reached':
      case 'unreachable':
        // A server that is not checked could not come back.
        return this.isChecked(server)
          ? observed(state, this.settings, happening === 'reached')
          : state
      default:
        return state
    }
  }

  private stateOf(server: S): Checked {
    return this.states.get(server) ?? UNCHECKED
  }
}
