// Servers that register with another proxy than before, one after another: each waits until the registration before is
// written, so that a program of many threads gets them in this order.
import type { NodeId } from '../../../shared/ids'
import type { ServerActor } from '../actors/server'
import type { Lab } from '../lab'

/** Between one registration and the next. */
const GAP_MS = 50

export class RegistrationsInTurn {
  private waiting: ServerActor[] = []
  private registering: ServerActor | undefined

  constructor(private readonly lab: Lab) {}

  begin(servers: readonly ServerActor[]): void {
    this.waiting = [...servers]
    this.next()
  }

  /** This server's registration is written, or will not be. */
  sent(server: NodeId): void {
    if (this.registering?.node.id !== server) return
    this.registering = undefined
    this.lab.clock.schedule(GAP_MS, () => this.next())
  }

  private next(): void {
    if (this.registering !== undefined) return
    if (this.lab.seat.foreign?.takesRegistrations === false) return
    for (let server = this.waiting.shift(); server; server = this.waiting.shift()) {
      if (!server.isListening) continue
      this.registering = server
      server.register()
      return
    }
  }
}
