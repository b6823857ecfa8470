// Limits the number of connections. Past the limit, the connection without a token whose last
// request is oldest is closed, or else the oldest one of a viewer; operators' connections stay. So
// neither strangers nor viewers can shut an operator out.
import type { Socket } from 'node:net'
import type { UserRole } from '../../shared/commands'

export class ConnectionLimit {
  private readonly operators = new Set<Socket>()
  /** In the order of their first request with the token. */
  private readonly viewers = new Set<Socket>()
  /** Connections without a token, in the order of their last request or of their opening. */
  private readonly others = new Set<Socket>()

  constructor(
    private readonly limit: number,
    private readonly warn: (text: string) => void,
  ) {}

  add(socket: Socket): void {
    const count = this.operators.size + this.viewers.size + this.others.size
    if (count >= this.limit && !this.makeRoom()) {
      this.warn(`A connection was refused. ${this.limit} are open.`)
      socket.destroy()
      return
    }
    this.others.add(socket)
    socket.once('close', () => {
      this.operators.delete(socket)
      this.viewers.delete(socket)
      this.others.delete(socket)
    })
  }

  /** `role`: what the request's token gives; undefined: it has no valid token. */
  requested(socket: Socket, role: UserRole | undefined): void {
    if (!this.others.delete(socket)) return
    this.groupOf(role).add(socket)
  }

  private groupOf(role: UserRole | undefined): Set<Socket> {
    if (role === undefined) return this.others
    return role === 'operator' ? this.operators : this.viewers
  }

  private makeRoom(): boolean {
    for (const [group, what] of [
      [this.others, 'had no token'],
      [this.viewers, 'was a viewer’s'],
    ] as const) {
      const [oldest] = group
      if (oldest === undefined) continue
      this.warn(`A connection was cut off. ${this.limit} are open, and it ${what}.`)
      group.delete(oldest)
      oldest.destroy()
      return true
    }
    return false
  }
}
