// Hash as nginx has it: the key's CRC-32, modulo the sum of all weights, names the server. Where that one is not available,
// the key is hashed again with a number in front of it (ngx_stream_upstream_hash_module.c).
import type { ProtocolId } from '../../../../shared/ids'
import { crc32 } from '../../../../shared/recording/crc32'
import type { Algorithm, Member } from './algorithm'
import { chosenByTurn, failedByTurn } from './fallback'
import { keyBytes } from './hashes'
import { keyToTell } from './key'
import { marksAmong, memberAt } from './places'
import { endsOf, placeAtPoint } from './random'
import { beginSmooth, type Smooth } from './smooth'

/** nginx's: then smooth weighted round-robin decides. */
export const MOST_TRIES = 20

interface Shared {
  /** By place, the sum of the weights up to it. */
  readonly ends: readonly number[]
  readonly smooth: Smooth
  readonly marksOf: (available: readonly Member[]) => Uint8Array
}

export const hash: Algorithm<Shared> = {
  name: 'hash',
  hasTurn: false,

  begin,

  choose(available, memory, { key, tried }) {
    const { ends, smooth } = memory
    const marks = memory.marksOf(available)
    const total = ends.at(-1) ?? 1
    const passed: ProtocolId[] = []
    const told = keyToTell(key)
    if (key !== '' && smooth.ids.length > 1) {
      let sum = 0
      for (let again = 0; again <= MOST_TRIES + tried; again++) {
        sum += (crc32(keyBytes(again === 0 ? key : `${again}${key}`)) >>> 16) & 0x7fff
        const place = placeAtPoint(ends, sum % total)
        const server = memberAt(smooth.ids, place)
        if (marks[place] === 1) {
          const found = sum
          return {
            server,
            memory,
            reason: () => ({ by: 'hash', key: told, hash: found, total, passed, turn: false }),
          }
        }
        passed.push(server)
      }
    }
    return chosenByTurn(available, memory, () => {
      return { by: 'hash', key: told, hash: 0, total, passed, turn: true }
    })
  },

  changed: begin,

  failed: failedByTurn,
}

function begin(members: readonly Member[]): Shared {
  const smooth = beginSmooth(members)
  return { ends: endsOf(members), smooth, marksOf: marksAmong(smooth.ids) }
}
