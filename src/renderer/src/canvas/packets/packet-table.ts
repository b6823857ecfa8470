// Packets as columns of numbers, one slot each: what the worker needs to place and draw them.
import type { PacketKind } from '../../../../shared/events'
import type { SimMs } from '../../../../shared/ids'
import type { Leg } from '../../../../shared/state/leg'

/** The most packets drawn at a time; the screen says how many more are in flight. */
export const MAX_DRAWN = 20_000

/** From this number on, packets get no halos while time is paused, since halos would cover everything else. */
export const HALOS_BELOW = 100

/**
 * A packet's look in 12 bits: its kind, these flags, and its rim. `held`: it stands where its leg began. `glow`: a
 * breakpoint holds it. `faint`: it does not match the active filter. `rim`: the number of its policy's colour, from 1; 0
 * without a policy.
 */
export const LOOK = {
  kind: 0b11,
  fromProxy: 0b100,
  used: 0b1000,
  held: 0b1_0000,
  glow: 0b10_0000,
  faint: 0b100_0000,
  rim: 0b1111_0000_0000,
} as const

const RIM_SHIFT = 8

const KINDS: readonly PacketKind[] = [0, 1, 2, 'error']

/**
 * How many numbers carry one slot's change to the worker: slot, look (0: empty), link, legAt, legFrom, dueAt, and its
 * index and number in its convoy.
 */
export const NUMBERS_PER_CHANGE = 8

export interface PacketRecord extends Leg {
  kind: PacketKind
  /** The number of its link. */
  link: number
  fromProxy: boolean
  faint: boolean
}

export function lookOf({
  kind,
  fromProxy,
  faint,
}: Pick<PacketRecord, 'kind' | 'fromProxy' | 'faint'>): number {
  return (
    LOOK.used |
    (kind === 'error' ? 3 : kind) |
    (fromProxy ? LOOK.fromProxy : 0) |
    (faint ? LOOK.faint : 0)
  )
}

/** The look with the rim of this policy's colour (its index from 0); undefined: without one. */
export function withRim(look: number, policy: number | undefined): number {
  return (look & ~LOOK.rim) | (policy === undefined ? 0 : (policy + 1) << RIM_SHIFT)
}

/** The index of its policy's colour; undefined without one. */
export function rimOfLook(look: number): number | undefined {
  const rim = (look & LOOK.rim) >> RIM_SHIFT
  return rim === 0 ? undefined : rim - 1
}

export function kindOfLook(look: number): PacketKind {
  return KINDS[look & LOOK.kind] ?? 'error'
}

export class PacketTable {
  readonly look: Uint16Array
  readonly link: Uint32Array
  readonly legAt: Float64Array
  readonly legFrom: Float64Array
  readonly dueAt: Float64Array
  /**
   * Packets that were sent together on one link are a convoy, drawn one behind the other: its index from the front, and
   * how many they are.
   */
  readonly convoyIndex: Uint8Array
  readonly convoySize: Uint8Array
  /** One past the highest slot that was ever used. */
  end = 0
  /** Slots in use. */
  count = 0
  /** Slots in use whose packets are held. */
  held = 0

  constructor(readonly capacity = MAX_DRAWN) {
    this.look = new Uint16Array(capacity)
    this.link = new Uint32Array(capacity)
    this.legAt = new Float64Array(capacity)
    this.legFrom = new Float64Array(capacity)
    this.dueAt = new Float64Array(capacity)
    this.convoyIndex = new Uint8Array(capacity)
    this.convoySize = new Uint8Array(capacity)
  }

  /** Fills a slot, or empties it where `look` is 0. */
  set(slot: number, look: number, link: number, legAt: SimMs, legFrom: number, dueAt: SimMs): void {
    this.setLook(slot, look)
    this.link[slot] = link
    this.legAt[slot] = legAt
    this.legFrom[slot] = legFrom
    this.dueAt[slot] = dueAt
    this.setConvoy(slot, 0, 1)
    if (slot >= this.end) this.end = slot + 1
  }

  setConvoy(slot: number, index: number, size: number): void {
    this.convoyIndex[slot] = index
    this.convoySize[slot] = size
  }

  setLook(slot: number, look: number): void {
    const before = this.look[slot] ?? 0
    this.count += (look === 0 ? 0 : 1) - (before === 0 ? 0 : 1)
    this.held += (look & LOOK.held ? 1 : 0) - (before & LOOK.held ? 1 : 0)
    this.look[slot] = look
  }

  clear(): void {
    this.look.fill(0)
    this.end = 0
    this.count = 0
    this.held = 0
  }

  /** Applies what `PacketBook.takeChanges` returned on the other side. */
  apply(changes: Float64Array): void {
    for (let at = 0; at < changes.length; at += NUMBERS_PER_CHANGE) {
      const numbers = changes.subarray(at, at + NUMBERS_PER_CHANGE)
      const [slot = 0, look = 0, link = 0, legAt = 0, legFrom = 0, dueAt = 0] = numbers
      this.set(slot, look, link, legAt, legFrom, dueAt)
      this.setConvoy(slot, numbers[6] ?? 0, numbers[7] ?? 1)
    }
  }
}
