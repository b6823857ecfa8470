// The table of Maglev, as its paper has it, with weights as in Envoy: servers take turns to claim slots, each in an order of
// its own.
import { hostAndPort } from '../addresses'
import { remainder, xxh64 } from './xxh64'

interface Host {
  readonly address: string
  readonly port: number
  readonly weight: number
}

/** How a server goes through the slots: from `offset`, in steps of `skip`. */
interface Claimant {
  readonly offset: number
  readonly skip: number
  readonly weight: number
}

/** By slot, the index of a server. */
export function maglevTable(hosts: readonly Host[], size: number): Uint16Array {
  const named = hosts.map(({ address, port, weight }, index) => {
    const name = hostAndPort(address, port)
    const bytes = new TextEncoder().encode(name)
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
      const { skip, weight } = claimantAt(claimants, index)
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

function claimantAt(claimants: readonly Claimant[], index: number): Claimant {
  const claimant = claimants[index]
  if (claimant === undefined) throw new Error(`There is no claimant ${index}.`)
  return claimant
}
