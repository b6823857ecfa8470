// Ring hash as nginx's `hash … consistent` has it: each server has 160 points for each unit of its weight; a key goes to the
// next point after its own. Where that server is not available, on to the next points
// (ngx_stream_upstream_hash_module.c: chash).
import { hostAndPort } from '../../../../shared/addresses'
import { addNginxPoints, POINTS_PER_UNIT } from '../../../../shared/balance/nginx-points'
import type { Reason } from '../../../../shared/decision/reason'
import type { ProtocolId } from '../../../../shared/ids'
import { crc32 } from '../../../../shared/recording/crc32'
import type { Algorithm, Member } from './algorithm'
import { chosenByTurn, failedByTurn } from './fallback'
import { MOST_TRIES } from './hash'
import { keyBytes } from './hashes'
import { keyToTell } from './key'
import { marksAmong, memberAt } from './places'
import { indexFrom, type LazyRing, lazyRing } from './ring'
import { beginSmooth, pickSmoothly, type Smooth } from './smooth'

interface Points {
  readonly ring: LazyRing
  /** By place, the places of all members with the same address: they share their points. */
  readonly twins: readonly (readonly number[])[]
  readonly smooth: Smooth
  readonly marksOf: (available: readonly Member[]) => Uint8Array
}

export const ringHash: Algorithm<Points> = {
  name: 'ring-hash',
  hasTurn: false,

  begin,

  choose(available, memory, { key }) {
    const { smooth, twins } = memory
    const marks = memory.marksOf(available)
    const passed: ProtocolId[] = []
    const own = crc32(keyBytes(key))
    const told = keyToTell(key)
    if (key !== '' && smooth.ids.length > 1) {
      const ring = memory.ring()
      const { points, places } = ring
      let index = indexFrom(ring, own)
      for (let step = 0; step <= MOST_TRIES; step++) {
        const place = places[index] ?? 0
        const server = memberAt(smooth.ids, place)
        const point = points[index] ?? 0
        const all = memberAt(twins, place)
        const isAlone = all.length === 1
        if (isAlone ? marks[place] === 1 : all.some((twin) => marks[twin] === 1)) {
          const reason = (): Reason => {
            return { by: 'ring-hash', key: told, hash: own, point, passed, turn: false }
          }
          if (isAlone && smooth.effective[place] === smooth.weights[place]) {
            return { server, memory, reason }
          }
          const pick = pickSmoothly(
            smooth,
            Int32Array.from(all.filter((twin) => marks[twin] === 1)),
          )
          return {
            server: memberAt(smooth.ids, pick.place),
            memory: { ...memory, smooth: pick.smooth },
            reason,
          }
        }
        if (!passed.includes(server)) passed.push(server)
        // nginx keeps one of equal points.
        do index = index + 1 === points.length ? 0 : index + 1
        while (index > 0 && points[index] === point)
      }
    }
    return chosenByTurn(available, memory, () => {
      return { by: 'ring-hash', key: told, hash: own, point: own, passed, turn: true }
    })
  },

  changed: begin,

  failed: failedByTurn,
}

function begin(members: readonly Member[]): Points {
  const smooth = beginSmooth(members)
  const names = members.map(({ address, port }) => hostAndPort(address, port))
  const byName = new Map<string, number[]>()
  for (const [place, name] of names.entries()) {
    const known = byName.get(name)
    if (known) known.push(place)
    else byName.set(name, [place])
  }
  // The ring is built later: the list of members may have changed until then.
  const hosts = members.map(({ address, port }) => ({ address, port }))
  const ring = lazyRing(smooth.weights, POINTS_PER_UNIT, (place, count, add) => {
    const { address, port } = memberAt(hosts, place)
    addNginxPoints(address, port, count, add)
  })
  const twins = names.map((name) => byName.get(name) ?? [])
  return { ring, twins, smooth, marksOf: marksAmong(smooth.ids) }
}
