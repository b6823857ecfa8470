// Which server's turn it would be under round-robin, beside where the checked proxy has sent a question.
import type { ProtocolId } from '../../ids'

export class Turns {
  /** Policies by server, in the order of registration. */
  private readonly servers = new Map<ProtocolId, ProtocolId>()
  /** By policy, where the question before went; null: it is not known which question was before. */
  private readonly last = new Map<ProtocolId, ProtocolId | null>()

  registered(server: ProtocolId, policy: ProtocolId): void {
    if (this.servers.get(server) === policy) return
    this.servers.delete(server)
    this.servers.set(server, policy)
  }

  /**
   * The question has gone to this server. `isAlone`: no other question of the policy is at the proxy; of several, nobody
   * outside of it knows which it has read first. Returns the server whose turn it would be; null if that is not known.
   */
  taken(policy: ProtocolId, server: ProtocolId, isAlone: boolean): ProtocolId | null {
    const last = this.last.get(policy)
    this.last.set(policy, isAlone ? server : null)
    if (!isAlone || last === null) return null
    const own = [...this.servers].flatMap(([id, its]) => (its === policy ? [id] : []))
    const place = last === undefined ? -1 : own.indexOf(last)
    return own[(place + 1) % own.length] ?? null
  }
}
