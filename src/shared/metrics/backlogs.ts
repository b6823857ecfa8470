// How long messages wait in a connection that the proxy does not read, because it has as many unanswered messages of it as it
// takes. They wait as in a queue: their link has let them go.
import type { ConnectionId, SimMs } from '../ids'
import { MAX_OUTSTANDING } from '../limits'
import type { OpenExchange } from './open-exchange'

interface Question {
  readonly open: OpenExchange
  readonly connection: ConnectionId
  readonly dueAt: SimMs | undefined
}

export class Backlogs {
  /** The messages that the proxy has read and that have no end yet. */
  private readonly counts = new Map<ConnectionId, number>()

  /** The proxy reads this message now. Returns how long it has waited in the connection. */
  unreadMs({ open, connection, dueAt = Number.POSITIVE_INFINITY }: Question, at: SimMs): SimMs {
    const before = this.read(open, connection)
    return before >= MAX_OUTSTANDING ? Math.max(0, at - dueAt) : 0
  }

  /** The proxy reads this message. Returns how many of its connection were without an end before it. */
  read(open: OpenExchange, connection: ConnectionId): number {
    if (open.connection !== undefined) return 0
    const before = this.counts.get(connection) ?? 0
    open.connection = connection
    this.counts.set(connection, before + 1)
    return before
  }

  ended({ connection }: OpenExchange): void {
    if (connection === undefined) return
    const left = (this.counts.get(connection) ?? 0) - 1
    if (left > 0) this.counts.set(connection, left)
    else this.counts.delete(connection)
  }

  clear(): void {
    this.counts.clear()
  }
}
