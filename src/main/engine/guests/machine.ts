// One machine of the room: how many connections its programs may have, and how fast their messages are taken. What is over
// the rate of messages waits unread at its sender; what is over the number or the rate of connections is closed.
import type { Machine as MachineAddress } from '../../../shared/ids'
import {
  CONNECTIONS_OF_MACHINE,
  MACHINE_MESSAGE_BYTES,
  MAX_CONNECTIONS_OF_MACHINE,
  MESSAGES_OF_MACHINE,
} from '../../../shared/room/guest-limits'
import { TokenBucket } from '../../token-bucket'

/** How often those that wait are looked at. */
const SERVE_MS = 50

/** A connection of a program that has joined from the room. */
export interface Guest {
  readonly machine: MachineAddress
  /** Calls back once its machine may send as much as this, at once if it may; never after `leave`. */
  spend(bytes: number, go: () => void): void
  /** The connection is closed. */
  leave(): void
}

interface Waiting {
  readonly guest: Guest
  readonly cost: number
  readonly go: () => void
}

export class GuestMachine {
  /** Connections that were closed because there were too many. */
  turnedAway = 0
  private readonly guests = new Set<Guest>()
  private readonly newOnes: TokenBucket
  private readonly messages: TokenBucket
  private readonly waiting: Waiting[] = []
  private timer: NodeJS.Timeout | undefined

  /** `isLimited`: false for the lab's own machine. `now`: the clock of the limits, in milliseconds. */
  constructor(
    readonly address: MachineAddress,
    private readonly isLimited: boolean,
    now?: () => number,
  ) {
    this.newOnes = new TokenBucket(CONNECTIONS_OF_MACHINE, now)
    this.messages = new TokenBucket(MESSAGES_OF_MACHINE, now)
  }

  get connections(): number {
    return this.guests.size
  }

  /** Messages wait because it sends too many. */
  get isSlowed(): boolean {
    return this.waiting.length > 0
  }

  /** Undefined: it has too many connections, or opens them too fast. */
  enter(): Guest | undefined {
    const isFull = this.guests.size >= MAX_CONNECTIONS_OF_MACHINE
    if (this.isLimited && (isFull || !this.newOnes.take())) {
      this.turnedAway++
      return undefined
    }
    const guest: Guest = {
      machine: this.address,
      spend: (bytes, go) => this.spend(guest, bytes, go),
      leave: () => this.leave(guest),
    }
    this.guests.add(guest)
    return guest
  }

  private spend(guest: Guest, bytes: number, go: () => void): void {
    const cost = Math.min(MESSAGES_OF_MACHINE.burst, 1 + Math.floor(bytes / MACHINE_MESSAGE_BYTES))
    if (!this.isLimited || (this.waiting.length === 0 && this.messages.take(cost))) {
      go()
      return
    }
    this.waiting.push({ guest, cost, go })
    this.wait()
  }

  private serve(): void {
    this.timer = undefined
    for (
      let [first] = this.waiting;
      first && this.messages.take(first.cost);
      [first] = this.waiting
    ) {
      this.waiting.shift()
      first.go()
    }
    this.wait()
  }

  private wait(): void {
    if (this.waiting.length > 0) this.timer ??= setTimeout(() => this.serve(), SERVE_MS).unref()
  }

  private leave(guest: Guest): void {
    this.guests.delete(guest)
    const left = this.waiting.filter((one) => one.guest !== guest)
    this.waiting.splice(0, this.waiting.length, ...left)
    if (left.length > 0) return
    clearTimeout(this.timer)
    this.timer = undefined
  }
}
