// Maglev, as its paper has it (Eisenbud et al., NSDI 2016, 3.4) and Envoy with weights: servers take turns to claim slots of
// a table, each in an order of its own; a key's slot names the server. Even shares, and few needless moves.
import { hostAndPort } from '../../../../shared/addresses'
import type { Algorithm, Member } from './algorithm'
import { keyBytes } from './hashes'
import { keyToTell } from './key'
import { memberAt, remembered } from './places'
import { remainder, xxh64 } from './xxh64'

/** By slot, the index of a server among the available ones. Built for the servers that are available, when it is needed. */
type Table = (available: readonly Member[]) => Uint16Array

/** `size`: a prime, so that each server's order has all slots in it. */
export function maglev(size: number): Algorithm<Table> {
  const begin = (): Table => remembered((available) => claimed(available, size))
  return {
    name: 'maglev',
    hasTurn: false,

    begin,

    choose(available, memory, { key }) {
      const slot = remainder(xxh64(keyBytes(key)), size)
      const { id } = memberAt(available, memory(available)[slot] ?? 0)
      return { server: id, memory, reason: { by: 'maglev', key: keyToTell(key), slot, size } }
    },

    changed: begin,
  }
}

/** How a server goes through the slots: from `offset`, in steps of `skip`. */
interface Claimant {
  readonly offset: number
  readonly skip: number
  readonly weight: number
}

function claimed(available: readonly Member[], size: number): Uint16Array {
  const named = available.map(({ address, port, weight }, index) => {
    const name = hostAndPort(address, port)
    const bytes = keyBytes(name)
    const offset = remainder(xxh64(bytes, 0), size)
    const skip = remainder(xxh64(bytes, 1), size - 1) + 1
    return { index, name, offset, skip, weight }
  })
  named.sort((one, other) => (one.name < other.name ? -1 : one.name > other.name ? 1 : 0))
  const table = fill(named, size)
  return table.map((claimant) => named[claimant]?.index ?? 0)
}

const FREE = 0xffff

/** By slot, the index of its claimant. A lighter one lets rounds pass. */
export function fill(claimants: readonly Claimant[], size: number): Uint16Array {
  const table = new Uint16Array(size).fill(FREE)
  const heaviest = Math.max(...claimants.map(({ weight }) => weight))
  const slots = claimants.map(({ offset }) => offset)
  const targets = claimants.map(() => 0)
  let left = size
  for (let round = 1; left > 0; round++) {
    for (let index = 0; index < claimants.length && left > 0; index++) {
      const { skip, weight } = memberAt(claimants, index)
      const target = targets[index] ?? 0
      if (round * weight < target) continue
      targets[index] = target + heaviest
      let slot = slots[index] ?? 0
      while (table[slot] !== FREE) slot = (slot + skip) % size
      table[slot] = index
      slots[index] = (slot + skip) % size
      left--
    }
  }
  return table
}
