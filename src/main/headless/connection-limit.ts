// Limits the number of connections. Past the limit, the connection without a token whose last
// request is oldest is closed; connections with the token stay. So idle or silent connections
// cannot shut anybody out.
import type { Socket } from 'node:net'

export class ConnectionLimit {
  private readonly authorized = new Set<Socket>()
  /** Connections without the token, in the order of their last request or of their opening. */
  private readonly others = new Set<Socket>()

  constructor(
    private readonly limit: number,
    private readonly warn: (text: string) => void,
  ) {}

  add(socket: Socket): void {
    if (this.authorized.size + this.others.size >= this.limit && !this.makeRoom()) {
      this.warn(`A connection was refused. ${this.limit} are open.`)
      socket.destroy()
      return
    }
    this.others.add(socket)
    socket.once('close', () => {
      this.authorized.delete(socket)
      this.others.delete(socket)
    })
  }

  requested(socket: Socket, hasToken: boolean): void {
    if (!this.others.delete(socket)) return
    const group = hasToken ? this.authorized : this.others
    group.add(socket)
  }

  private makeRoom(): boolean {
    const [oldest] = this.others
    if (oldest === undefined) return false
    this.warn(`A connection was cut off. ${this.limit} are open, and it had no token.`)
    this.others.delete(oldest)
    oldest.destroy()
    return true
  }
}
