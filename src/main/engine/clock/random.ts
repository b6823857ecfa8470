// Seeded randomness, so that a run can be repeated from its seed. The generator is Chris
// Doty-Humphrey's sfc32 (PractRand), its state filled from the seed by splitmix32.

export interface Random {
  /** Returns a number from 0 (inclusive) to 1 (exclusive). */
  next(): number
  /**
   * Returns a whole number from 0 to `below` (exclusive). Throws RangeError unless `below` is a
   * whole number from 1 to 2^32.
   */
  integer(below: number): number
}

const RANGE = 2 ** 32
const FNV_PRIME = 0x01000193

/**
 * `seed`: any number; only its lower 32 bits are used. `name`: what the generator is for; those of different names do not
 * depend on one another.
 */
export function createRandom(seed: number, name = ''): Random {
  let mix = seed | 0
  for (let index = 0; index < name.length; index++) {
    mix = Math.imul(mix ^ name.charCodeAt(index), FNV_PRIME)
  }
  let a = splitmix()
  let b = splitmix()
  let c = splitmix()
  let counter = 1

  function splitmix(): number {
    mix = (mix + 0x9e3779b9) | 0
    let bits = Math.imul(mix ^ (mix >>> 16), 0x21f0aaad)
    bits = Math.imul(bits ^ (bits >>> 15), 0x735a2d97)
    return bits ^ (bits >>> 15)
  }

  function bits32(): number {
    const sum = (a + b + counter) | 0
    counter = (counter + 1) | 0
    a = b ^ (b >>> 9)
    b = (c + (c << 3)) | 0
    c = (((c << 21) | (c >>> 11)) + sum) | 0
    return sum >>> 0
  }

  return {
    next: () => bits32() / RANGE,
    integer(below) {
      if (!(Number.isInteger(below) && below >= 1 && below <= RANGE)) {
        throw new RangeError(`integer() takes a whole number from 1 to 2^32, not ${below}.`)
      }
      return Math.floor((bits32() / RANGE) * below)
    },
  }
}
