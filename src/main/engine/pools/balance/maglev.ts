// Maglev, as its paper has it (Eisenbud et al., NSDI 2016, 3.4) and Envoy with weights: servers take turns to claim slots of
// a table, each in an order of its own; a key's slot names the server. Even shares, and few needless moves. The paper knows
// no limits: here a server that is full, or was tried before, keeps its slots, and its keys go to the next slot's server.
import { maglevTable } from '../../../../shared/balance/maglev-table'
import { remainder, xxh64 } from '../../../../shared/balance/xxh64'
import type { Algorithm, Member } from './algorithm'
import { keyBytes } from './hashes'
import { keyToTell } from './key'
import { memberAt, remembered, rememberedFor } from './places'

/** By slot, the index of a server among these. */
type TableOf = (servers: readonly Member[]) => Uint16Array

interface Tables {
  /** The servers that have slots, full ones too. Undefined until the pool has named them: then available servers have them. */
  readonly usable: readonly Member[] | undefined
  /** By index among the usable ones, 1 where the server is available; undefined: none of them is. */
  readonly marksOf: (available: readonly Member[]) => Uint8Array | undefined
  /** Built when it is needed. */
  readonly tableOf: TableOf
  /** For servers that have no slots: backups of full servers, or those that are down, at last. */
  readonly otherTableOf: TableOf
}

/** `size`: a prime, so that each server's order has all slots in it. */
export function maglev(size: number): Algorithm<Tables> {
  const begin = (): Tables => ({
    usable: undefined,
    marksOf: () => undefined,
    tableOf: rememberedFor((servers) => maglevTable(servers, size)),
    otherTableOf: rememberedFor((servers) => maglevTable(servers, size)),
  })
  return {
    name: 'maglev',
    hasTurn: false,

    begin,

    choose(available, memory, { key }) {
      const own = remainder(xxh64(keyBytes(key)), size)
      const { server, slot } =
        usableAt(own, available, memory) ?? ownerOf(own, available, memory.otherTableOf)
      return {
        server,
        memory,
        reason: () => ({ by: 'maglev', key: keyToTell(key), slot, size }),
      }
    },

    changed: begin,

    usable: (usable, memory) => ({ ...memory, usable, marksOf: remembered(marksAmong(usable)) }),
  }
}

/** Both lists are in the same order. */
function marksAmong(usable: readonly Member[]) {
  return (available: readonly Member[]): Uint8Array | undefined => {
    const marks = new Uint8Array(usable.length)
    let next = 0
    for (let index = 0; index < usable.length; index++) {
      if (usable[index] !== available[next]) continue
      marks[index] = 1
      next++
    }
    return next > 0 ? marks : undefined
  }
}

function ownerOf(slot: number, servers: readonly Member[], tableOf: TableOf) {
  return { slot, server: memberAt(servers, tableOf(servers)[slot] ?? 0).id }
}

/** The first slot from this one on, around the end, whose server is available; undefined: no such server has a slot. */
function usableAt(own: number, available: readonly Member[], memory: Tables) {
  const { usable, tableOf } = memory
  const marks = memory.marksOf(available)
  if (usable === undefined || marks === undefined) return undefined
  const table = tableOf(usable)
  for (let step = 0; step < table.length; step++) {
    const slot = (own + step) % table.length
    if (marks[table[slot] ?? 0] === 1) return ownerOf(slot, usable, tableOf)
  }
  return undefined
}
