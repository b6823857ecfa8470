// Programs of the room that join the lab: which connections to the proxy are theirs, from which machines, and who is kept
// out. They go on from one session to the next, as the proxy's port does.
import type { Machine } from '../../../shared/ids'
import { MAX_GUEST_CONNECTIONS, MAX_GUEST_MACHINES } from '../../../shared/room/guest-limits'
import type { Connection } from '../net/network'
import { type Guest, GuestMachine } from './machine'

export interface GuestRules {
  /** The address of this machine at which they join. */
  readonly host: string
  /** Whose programs come from this machine: what their nodes are marked with. */
  readonly nameOf: (machine: Machine) => string
  /** The clock of the limits, in milliseconds. */
  readonly now?: (() => number) | undefined
}

/** What limits have done to a machine. */
export interface MachineLimits {
  readonly connections: number
  /** Its messages wait because it sends too many. */
  readonly isSlowed: boolean
  /** Connections that were closed because there were too many. */
  readonly turnedAway: number
}

export class Guests {
  private rules: GuestRules | undefined
  private readonly machines = new Map<Machine, GuestMachine>()
  private readonly keptOut = new Set<Machine>()

  /** Whether programs may join. */
  get isOpen(): boolean {
    return this.rules !== undefined
  }

  open(rules: GuestRules): void {
    this.rules = rules
  }

  /** Nobody joins from now on. Their connections are the caller's to close. */
  close(): void {
    this.rules = undefined
    this.machines.clear()
    this.keptOut.clear()
  }

  /** `keepsOut`: until programs of this machine are let in again. */
  keepOut(machine: Machine, keepsOut: boolean): void {
    if (keepsOut) this.keptOut.add(machine)
    else this.keptOut.delete(machine)
  }

  get allKeptOut(): readonly Machine[] {
    return [...this.keptOut]
  }

  nameOf(machine: Machine): string {
    return this.rules?.nameOf(machine) ?? machine
  }

  limitsOf(machine: Machine): MachineLimits {
    const found = this.machines.get(machine)
    return {
      connections: found?.connections ?? 0,
      isSlowed: found?.isSlowed ?? false,
      turnedAway: found?.turnedAway ?? 0,
    }
  }

  /**
   * The guest of a connection that has been accepted. Undefined: it is not from another machine of the room. Refused: the
   * programs of its machine must not join, or not now.
   */
  enter(connection: Connection): Guest | 'refused' | undefined {
    const { rules } = this
    const { remoteAddress } = connection
    if (rules === undefined || !this.isAtDoor(connection) || remoteAddress === rules.host) {
      return undefined
    }
    if (this.keptOut.has(remoteAddress)) return 'refused'
    return this.machineAt(remoteAddress, rules)?.enter() ?? 'refused'
  }

  /**
   * The guest of a connection from the lab's own machine, once it is clear that no node of the lab has opened it. Undefined:
   * it has not come in at the class's address, and has no limits, as other programs of this machine.
   */
  enterFromHere(connection: Connection): Guest | undefined {
    const { rules } = this
    if (rules === undefined || !this.isAtDoor(connection)) return undefined
    return this.machineAt(connection.remoteAddress, rules)?.enter()
  }

  private isAtDoor({ localAddress }: Connection): boolean {
    return localAddress === this.rules?.host
  }

  /** Undefined: there are too many. */
  private machineAt(address: Machine, { now, host }: GuestRules): GuestMachine | undefined {
    let connections = 0
    for (const machine of this.machines.values()) connections += machine.connections
    if (connections >= MAX_GUEST_CONNECTIONS && address !== host) return undefined
    const known = this.machines.get(address)
    if (known !== undefined) return known
    if (this.machines.size >= MAX_GUEST_MACHINES && !this.forgetOne()) return undefined
    const machine = new GuestMachine(address, address !== host, now)
    this.machines.set(address, machine)
    return machine
  }

  private forgetOne(): boolean {
    for (const [address, { connections }] of this.machines) {
      if (connections === 0) return this.machines.delete(address)
    }
    return false
  }
}
