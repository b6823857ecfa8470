// Limits the number of connections. Past the limit, the connection without a token whose last
// request is oldest is closed, or else the oldest one of a viewer; those of operators and of viewers who have joined a
// class stay. So neither strangers nor viewers can shut an operator out, nor a viewer the others of its class.
import type { Socket } from 'node:net'
import type { UserRole } from '../../shared/commands'
import { MAX_CONNECTIONS_OF_VIEWER } from '../../shared/limits'

export class ConnectionLimit {
  private readonly operators = new Set<Socket>()
  /** In the order of their first request with the token. */
  private readonly viewers = new Set<Socket>()
  /** WebSockets of viewers with a number, in the order of joining: each of them has few. */
  private readonly joined = new Set<Socket>()
  /** Connections without a token, in the order of their last request or of their opening. */
  private readonly others = new Set<Socket>()
  /** The numbers of those viewers who have one. */
  private readonly viewerOf = new Map<Socket, number>()

  constructor(
    private readonly limit: number,
    private readonly warn: (text: string) => void,
  ) {}

  add(socket: Socket): void {
    const count = this.operators.size + this.viewers.size + this.joined.size + this.others.size
    if (count >= this.limit && !this.makeRoom()) {
      this.warn(`A connection was refused. ${this.limit} are open.`)
      socket.destroy()
      return
    }
    this.others.add(socket)
    socket.once('close', () => this.forget(socket))
  }

  /**
   * `role`: what the request's token gives; undefined: it has no valid token. `viewer`: the number of the viewer whose token
   * it is; omitted: all viewers have the same token.
   */
  requested(socket: Socket, role: UserRole | undefined, viewer?: number): void {
    if (!this.others.delete(socket)) return
    this.groupOf(role).add(socket)
    if (viewer !== undefined) this.give(socket, viewer)
  }

  /** It is a WebSocket of the viewer with this number, who has joined. */
  hasJoined(socket: Socket, viewer: number): void {
    if (!this.others.delete(socket) && !this.viewers.delete(socket)) return
    this.joined.add(socket)
    this.give(socket, viewer)
  }

  private groupOf(role: UserRole | undefined): Set<Socket> {
    if (role === undefined) return this.others
    return role === 'operator' ? this.operators : this.viewers
  }

  private give(socket: Socket, viewer: number): void {
    this.viewerOf.set(socket, viewer)
    const own = [...this.viewers, ...this.joined].filter((one) => this.viewerOf.get(one) === viewer)
    const oldest = own.find((one) => one !== socket)
    if (own.length <= MAX_CONNECTIONS_OF_VIEWER || oldest === undefined) return
    this.cut(oldest, `Its viewer has ${MAX_CONNECTIONS_OF_VIEWER} newer ones.`)
  }

  private makeRoom(): boolean {
    for (const [group, what] of [
      [this.others, 'had no token'],
      [this.viewers, 'was a viewer’s'],
    ] as const) {
      const [oldest] = group
      if (oldest === undefined) continue
      this.cut(oldest, `${this.limit} are open, and it ${what}.`)
      return true
    }
    return false
  }

  private cut(socket: Socket, reason: string): void {
    this.warn(`A connection was cut off. ${reason}`)
    this.forget(socket)
    socket.destroy()
  }

  private forget(socket: Socket): void {
    for (const group of [this.operators, this.viewers, this.joined, this.others])
      group.delete(socket)
    this.viewerOf.delete(socket)
  }
}
