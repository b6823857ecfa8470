// Packets as columns of numbers, one slot each: what the worker needs to place and draw them.
import type { PacketKind } from '../../../../shared/events'
import type { SimMs } from '../../../../shared/ids'

/** Most packets that are drawn at a time; the screen says how many more there are. */
export const MAX_DRAWN = 20_000

/** From this number on there are no halos while time stands still: they would be all there is to see. */
export const HALOS_BELOW = 100

/** A packet's look in one byte: its kind, and these flags. */
export const LOOK = { kind: 0b11, fromProxy: 0b100, used: 0b1000 } as const

const KINDS: readonly PacketKind[] = [0, 1, 2, 'error']

/** Numbers by which one slot's change travels to the worker: slot, look (0: empty), link, sentAt, dueAt. */
export const NUMBERS_PER_CHANGE = 5

export interface PacketRecord {
  kind: PacketKind
  /** The number of the link it travels on. */
  link: number
  fromProxy: boolean
  sentAt: SimMs
  dueAt: SimMs
}

export function lookOf({ kind, fromProxy }: PacketRecord): number {
  return LOOK.used | (kind === 'error' ? 3 : kind) | (fromProxy ? LOOK.fromProxy : 0)
}

export function kindOf(look: number): PacketKind {
  return KINDS[look & LOOK.kind] ?? 'error'
}

export class PacketTable {
  readonly look: Uint8Array
  readonly link: Uint32Array
  readonly sentAt: Float64Array
  readonly dueAt: Float64Array
  /** One past the highest slot that was ever used. */
  end = 0
  /** Slots in use. */
  count = 0

  constructor(readonly capacity = MAX_DRAWN) {
    this.look = new Uint8Array(capacity)
    this.link = new Uint32Array(capacity)
    this.sentAt = new Float64Array(capacity)
    this.dueAt = new Float64Array(capacity)
  }

  /** Fills a slot, or empties it where `look` is 0. */
  set(slot: number, look: number, link: number, sentAt: SimMs, dueAt: SimMs): void {
    const before = this.look[slot] === 0 ? 0 : 1
    this.count += (look === 0 ? 0 : 1) - before
    this.look[slot] = look
    this.link[slot] = link
    this.sentAt[slot] = sentAt
    this.dueAt[slot] = dueAt
    if (slot >= this.end) this.end = slot + 1
  }

  clear(): void {
    this.look.fill(0)
    this.end = 0
    this.count = 0
  }

  /** Takes in what `PacketBook.takeChanges` gave on the other side. */
  apply(changes: Float64Array): void {
    for (let at = 0; at < changes.length; at += NUMBERS_PER_CHANGE) {
      const [slot = 0, look = 0, link = 0, sentAt = 0, dueAt = 0] = changes.subarray(
        at,
        at + NUMBERS_PER_CHANGE,
      )
      this.set(slot, look, link, sentAt, dueAt)
    }
  }
}
