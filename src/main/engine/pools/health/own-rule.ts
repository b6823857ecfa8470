// The rule of a pool without features that watch its servers: one that could not be reached, or has not answered in time, is
// down until it accepts a connection or registers again. The pool chooses it where nobody else is left.
import type { Happening, HealthGuard, ServerCondition } from './guard'

const DOWN: Partial<ServerCondition> = { health: 'down' }

export class OwnRule<S> implements HealthGuard<S> {
  private readonly down = new Set<S>()

  why(server: S) {
    return this.down.has(server) ? 'down' : undefined
  }

  condition(server: S) {
    return this.down.has(server) ? DOWN : undefined
  }

  note(server: S, happening: Happening): boolean {
    if (happening === 'reached') return this.down.delete(server)
    if (happening !== 'unreachable' && happening !== 'silent') return false
    return this.setDown(server)
  }

  setDown(server: S): boolean {
    if (this.down.has(server)) return false
    this.down.add(server)
    return true
  }

  forget(server: S): void {
    this.down.delete(server)
  }
}
