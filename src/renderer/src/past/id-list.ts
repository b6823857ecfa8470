// A list of packet ids in ascending order that grows at its end: a million of them cost four megabytes.
import type { PacketId } from '../../../shared/ids'

export class IdList {
  private length: number

  constructor(private ids: Uint32Array<ArrayBufferLike> = new Uint32Array(0)) {
    this.length = ids.length
  }

  push(ids: readonly PacketId[]): void {
    const length = this.length + ids.length
    if (length > this.ids.length) {
      const larger = new Uint32Array(Math.max(length, this.ids.length * 2, 256))
      larger.set(this.ids.subarray(0, this.length))
      this.ids = larger
    }
    this.ids.set(ids, this.length)
    this.length = length
  }

  /** The ids from `after` (exclusive) to `upTo` (inclusive). The array does not change when the list grows. */
  between(after: PacketId, upTo: PacketId): Uint32Array {
    const all = this.ids.subarray(0, this.length)
    return all.subarray(countUpTo(all, after), countUpTo(all, upTo))
  }
}

/** How many of the ids, in ascending order, are at most this one. */
export function countUpTo(ids: Uint32Array, id: PacketId): number {
  let low = 0
  let high = ids.length
  while (low < high) {
    const middle = (low + high) >>> 1
    if ((ids[middle] ?? 0) <= id) low = middle + 1
    else high = middle
  }
  return low
}
