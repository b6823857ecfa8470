// The policies and clients that a relay has met: each gets a number, which its account tells once.
import type { RelayFigures } from './relay-figures'
import { KIND, type RelayLedger } from './relay-ledger'

/** The servers of a policy, in the order of their registration. */
export interface PolicyOf<Server> {
  readonly party: number
  readonly servers: Server[]
  turn: number
}

export class Parties<Server> {
  private readonly policies = new Map<string, PolicyOf<Server>>()
  private readonly clients = new Map<string, number>()

  constructor(
    private readonly ledger: RelayLedger,
    private readonly figures: RelayFigures,
  ) {}

  policy(id: string): PolicyOf<Server> {
    const known = this.policies.get(id)
    if (known !== undefined) return known
    const policy = { party: this.named(`policy ${id}`), servers: [], turn: 0 }
    this.policies.set(id, policy)
    return policy
  }

  client(id: string): number {
    const known = this.clients.get(id)
    if (known !== undefined) return known
    const party = this.named(`client ${id}`)
    this.clients.set(id, party)
    return party
  }

  /** Adds a party, and returns its number. */
  named(name: string): number {
    const { ledger, figures } = this
    const bytes = Buffer.from(name)
    ledger.makeRoom(bytes.length)
    const party = figures.add(name)
    ledger.row(KIND.named, party, 0, 0)
    ledger.message(bytes)
    return party
  }
}
