// Maglev, as its paper has it (Eisenbud et al., NSDI 2016, 3.4) and Envoy with weights: servers take turns to claim slots of
// a table, each in an order of its own; a key's slot names the server. Even shares, and few needless moves.
import { maglevTable } from '../../../../shared/balance/maglev-table'
import { remainder, xxh64 } from '../../../../shared/balance/xxh64'
import type { Algorithm, Member } from './algorithm'
import { keyBytes } from './hashes'
import { keyToTell } from './key'
import { memberAt, remembered } from './places'

/** By slot, the index of a server among the available ones. Built for the servers that are available, when it is needed. */
type Table = (available: readonly Member[]) => Uint16Array

/** `size`: a prime, so that each server's order has all slots in it. */
export function maglev(size: number): Algorithm<Table> {
  const begin = (): Table => remembered((available) => maglevTable(available, size))
  return {
    name: 'maglev',
    hasTurn: false,

    begin,

    choose(available, memory, { key }) {
      const slot = remainder(xxh64(keyBytes(key)), size)
      const { id } = memberAt(available, memory(available)[slot] ?? 0)
      return {
        server: id,
        memory,
        reason: () => ({ by: 'maglev', key: keyToTell(key), slot, size }),
      }
    },

    changed: begin,
  }
}
