// Who must go when there are too many connections: never one that has brought the token, and of the others the one that
// asked longest ago. So whoever keeps connections open, silent or not, shuts nobody out.
import type { Socket } from 'node:net'

export class Connections {
  private readonly known = new Set<Socket>()
  /** In the order in which they last asked for something, or came. */
  private readonly strangers = new Set<Socket>()

  constructor(
    private readonly limit: number,
    private readonly warn: (text: string) => void,
  ) {}

  take(socket: Socket): void {
    if (this.known.size + this.strangers.size >= this.limit && !this.makeRoom()) {
      this.warn(`A connection was refused. ${this.limit} are open.`)
      socket.destroy()
      return
    }
    this.strangers.add(socket)
    socket.once('close', () => {
      this.known.delete(socket)
      this.strangers.delete(socket)
    })
  }

  asked(socket: Socket, hasToken: boolean): void {
    if (!this.strangers.delete(socket)) return
    const place = hasToken ? this.known : this.strangers
    place.add(socket)
  }

  private makeRoom(): boolean {
    const [oldest] = this.strangers
    if (oldest === undefined) return false
    this.warn(`A connection was cut off. ${this.limit} are open, and it had no token.`)
    this.strangers.delete(oldest)
    oldest.destroy()
    return true
  }
}
