/** All parts as one, in memory of their own. */
export function concat(parts: readonly Uint8Array[]): Uint8Array<ArrayBuffer> {
  let length = 0
  for (const part of parts) length += part.length
  const whole = new Uint8Array(length)
  copyAll(parts, whole)
  return whole
}

/** Puts parts together in the same memory each time: what was put together before is overwritten. */
export class PartJoiner {
  private memory = new Uint8Array(0)

  join(parts: readonly Uint8Array[]): Uint8Array {
    const length = parts.reduce((sum, part) => sum + part.length, 0)
    if (length > MOST_KEPT_BYTES) return concat(parts)
    if (length > this.memory.length) this.memory = new Uint8Array(Math.ceil(1.25 * length))
    copyAll(parts, this.memory)
    return this.memory.subarray(0, length)
  }
}

/** For more, memory is not kept. */
const MOST_KEPT_BYTES = 4 * 1024 * 1024

function copyAll(parts: readonly Uint8Array[], target: Uint8Array): void {
  let at = 0
  for (const part of parts) {
    target.set(part, at)
    at += part.length
  }
}
