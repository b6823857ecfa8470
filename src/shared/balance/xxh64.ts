// xxHash with 64 bits, as Envoy hashes keys and addresses. Numbers of 64 bits are two halves: BigInt would take longer than
// all else that a choice does.

interface Half64 {
  readonly high: number
  readonly low: number
}

const P1: Half64 = { high: 0x9e3779b1, low: 0x85ebca87 }
const P2: Half64 = { high: 0xc2b2ae3d, low: 0x27d4eb4f }
const P3: Half64 = { high: 0x165667b1, low: 0x9e3779f9 }
const P4: Half64 = { high: 0x85ebca77, low: 0xc2b2ae63 }
const P5: Half64 = { high: 0x27d4eb2f, low: 0x165667c5 }

const HALF = 2 ** 32

function plus(one: Half64, other: Half64): Half64 {
  const low = (one.low >>> 0) + (other.low >>> 0)
  return { high: (one.high + other.high + (low >= HALF ? 1 : 0)) | 0, low: low | 0 }
}

function xor(one: Half64, other: Half64): Half64 {
  return { high: one.high ^ other.high, low: one.low ^ other.low }
}

function times(one: Half64, other: Half64): Half64 {
  const [a1, a0] = [one.low >>> 16, one.low & 0xffff]
  const [b1, b0] = [other.low >>> 16, other.low & 0xffff]
  const low = a0 * b0
  const middle = a1 * b0 + (low >>> 16)
  const cross = a0 * b1 + (middle & 0xffff)
  const carried = a1 * b1 + Math.floor(middle / 0x10000) + Math.floor(cross / 0x10000)
  return {
    high: (carried + Math.imul(one.high, other.low) + Math.imul(one.low, other.high)) | 0,
    low: Math.imul(one.low, other.low),
  }
}

/** By 1 to 31 bits. */
function turned({ high, low }: Half64, by: number): Half64 {
  return { high: (high << by) | (low >>> (32 - by)), low: (low << by) | (high >>> (32 - by)) }
}

/** xor with itself, shifted right by `by`, 32 or less. */
function folded(value: Half64, by: number): Half64 {
  const { high, low } = value
  if (by === 32) return { high, low: low ^ high }
  return { high: high ^ (high >>> by), low: low ^ ((low >>> by) | (high << (32 - by))) }
}

function foldedBy33({ high, low }: Half64): Half64 {
  return { high, low: low ^ (high >>> 1) }
}

function round(state: Half64, input: Half64): Half64 {
  return times(turned(plus(state, times(input, P2)), 31), P1)
}

function minus(one: Half64, other: Half64): Half64 {
  return plus(one, plus({ high: ~other.high, low: ~other.low }, { high: 0, low: 1 }))
}

function word(bytes: Uint8Array, at: number): number {
  return (
    (bytes[at] ?? 0) |
    ((bytes[at + 1] ?? 0) << 8) |
    ((bytes[at + 2] ?? 0) << 16) |
    ((bytes[at + 3] ?? 0) << 24)
  )
}

function wide(bytes: Uint8Array, at: number): Half64 {
  return { high: word(bytes, at + 4), low: word(bytes, at) }
}

export function xxh64(bytes: Uint8Array, seed = 0): Half64 {
  const begin: Half64 = { high: 0, low: seed }
  let hash: Half64
  let at = 0
  if (bytes.length >= 32) {
    let v1 = plus(plus(begin, P1), P2)
    let v2 = plus(begin, P2)
    let v3 = begin
    let v4 = minus(begin, P1)
    for (; at + 32 <= bytes.length; at += 32) {
      v1 = round(v1, wide(bytes, at))
      v2 = round(v2, wide(bytes, at + 8))
      v3 = round(v3, wide(bytes, at + 16))
      v4 = round(v4, wide(bytes, at + 24))
    }
    hash = plus(plus(turned(v1, 1), turned(v2, 7)), plus(turned(v3, 12), turned(v4, 18)))
    for (const value of [v1, v2, v3, v4]) {
      hash = plus(times(xor(hash, round({ high: 0, low: 0 }, value)), P1), P4)
    }
  } else hash = plus(begin, P5)
  hash = plus(hash, { high: 0, low: bytes.length })
  for (; at + 8 <= bytes.length; at += 8) {
    const mixed = xor(hash, round({ high: 0, low: 0 }, wide(bytes, at)))
    hash = plus(times(turned(mixed, 27), P1), P4)
  }
  if (at + 4 <= bytes.length) {
    const mixed = xor(hash, times({ high: 0, low: word(bytes, at) }, P1))
    hash = plus(times(turned(mixed, 23), P2), P3)
    at += 4
  }
  for (; at < bytes.length; at++) {
    const mixed = xor(hash, times({ high: 0, low: bytes[at] ?? 0 }, P5))
    hash = times(turned(mixed, 11), P1)
  }
  hash = times(foldedBy33(hash), P2)
  hash = times(folded(hash, 29), P3)
  return folded(hash, 32)
}

/** The remainder of the 64 bits; `by` at most 2^21. */
export function remainder({ high, low }: Half64, by: number): number {
  return (((high >>> 0) % by) * (HALF % by) + ((low >>> 0) % by)) % by
}
