// The real times of events as bytes: 8 bytes for the first, in whole microseconds since 1970, then the difference from
// each to the next as a variable-length number: seven bits a byte, lowest first, doubled, and odd when negative.

/** Times in milliseconds since 1970, to the microsecond; at least one. */
export function encodeRealTimes(realTimes: readonly number[]): Uint8Array {
  const bytes = new Uint8Array(8 + 8 * realTimes.length)
  let previous = microseconds(realTimes[0] ?? 0)
  new DataView(bytes.buffer).setFloat64(0, previous)
  let offset = 8
  for (let index = 1; index < realTimes.length; index++) {
    const time = microseconds(realTimes[index] ?? 0)
    const way = time - previous
    previous = time
    let rest = way < 0 ? -2 * way - 1 : 2 * way
    // Past 31 bits, bit operations would cut it.
    for (; rest >= 128; rest = Math.floor(rest / 128)) bytes[offset++] = 128 | (rest % 128)
    bytes[offset++] = rest
  }
  return bytes.subarray(0, offset)
}

/** The `count` times in these bytes; undefined if the bytes are anything else. */
export function decodeRealTimes(bytes: Uint8Array, count: number): number[] | undefined {
  if (bytes.length < 8) return undefined
  let time = new DataView(bytes.buffer, bytes.byteOffset).getFloat64(0)
  if (!Number.isSafeInteger(time)) return undefined
  const realTimes = [time / 1000]
  let offset = 8
  while (realTimes.length < count) {
    let rest = 0
    let factor = 1
    for (;;) {
      const byte = bytes[offset++]
      if (byte === undefined || factor > 2 ** 49) return undefined
      rest += (byte & 127) * factor
      if (byte < 128) break
      factor *= 128
    }
    time += rest % 2 === 1 ? -(rest + 1) / 2 : rest / 2
    if (!Number.isSafeInteger(time)) return undefined
    realTimes.push(time / 1000)
  }
  return offset === bytes.length ? realTimes : undefined
}

function microseconds(milliseconds: number): number {
  return Math.round(milliseconds * 1000)
}
