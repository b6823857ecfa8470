// Ring hash: the points of a circle near the key's own one, and the key's walk to the server.
import { addNginxPoints, POINTS_PER_UNIT } from '../../../../shared/balance/nginx-points'
import { formatCount } from '../../../../shared/format'
import type { ProtocolId } from '../../../../shared/ids'
import type { Decision } from '../../../../shared/state/state'
import {
  type Drawing,
  type Part,
  picture,
  type ServersState,
  type StripPiece,
  weightOf,
} from './picture'

const CIRCLE = 2 ** 32
/** With more points than this, a ring is a filled circle, and takes long to compute. */
const MOST_POINTS = 8_192
/** The most points in a row: more have no room for their names. */
const MOST_IN_ROW = 6

interface Point {
  readonly point: number
  readonly server: ProtocolId
}

export const ringPoints = picture('ring-hash', {
  weighted: true,

  draw({ hash, point, passed, turn }, decision, servers) {
    if (turn) return undefined
    const points = pointsOf(decision, servers)
    const { length } = points
    const first = points.findIndex((one) => one.point >= hash)
    const from = Math.max(first, 0)
    const steps = points.findIndex((one) => one.point === point) - from
    const walked = steps < 0 ? steps + length : steps
    const count = walked + 3
    if (length < count || count > MOST_IN_ROW) return undefined
    const shown = Array.from(
      { length: count },
      (_, index) => points[(from - 1 + index + length) % length],
    )
    const at = (index: number) => shown[index]?.point ?? 0
    const partOf = (server: ProtocolId, index: number): Part =>
      index === walked + 1 ? 'chosen' : passed.includes(server) && index > 0 ? 'passed' : 'other'
    const pieces = shown.flatMap((one, index): StripPiece[] => {
      if (one === undefined) return []
      const { server } = one
      return [{ server, from: index / count, to: (index + 1) / count, part: partOf(server, index) }]
    })
    const share = distance(at(0), hash) / Math.max(1, distance(at(0), at(1)))
    return {
      kind: 'strip',
      pieces,
      points: pieces.map(({ to }) => to),
      at: (1 + share) / count,
      to: (walked + 2) / count,
      words: `key ${formatCount(hash)} → point ${formatCount(point)}`,
    }
  },

  circle({ hash, point, turn }, decision, servers) {
    const points = turn ? [] : pointsOf(decision, servers)
    if (points.length === 0) return undefined
    const angles = (isChosen: boolean) =>
      points.flatMap((one) =>
        (one.server === decision.server) === isChosen ? one.point / CIRCLE : [],
      )
    return { chosen: angles(true), others: angles(false), at: hash / CIRCLE, to: point / CIRCLE }
  },
})

export const haproxyRingPoints = picture('haproxy-ring-hash', {
  weighted: true,

  draw({ hash, before, after }, { server }): Drawing | undefined {
    const isBefore = distance(before.point, hash) <= distance(hash, after.point)
    const near = isBefore ? before : after
    // An earlier attempt has tried the nearer one.
    if (near.server !== server) return undefined
    const [left, right] = [0.12, 0.88]
    const span = Math.max(1, distance(before.point, after.point))
    const place = left + (right - left) * (distance(before.point, hash) / span)
    const part = (isOwn: boolean): Part => (isOwn ? 'chosen' : 'other')
    return {
      kind: 'strip',
      pieces: [
        { server: before.server, from: 0, to: 0.5, part: part(isBefore) },
        { server: after.server, from: 0.5, to: 1, part: part(!isBefore) },
      ],
      points: [left, right],
      at: place,
      to: isBefore ? left : right,
      words: `key ${formatCount(hash)} → nearer ${formatCount(near.point)}`,
    }
  },
})

/** Clockwise. */
function distance(from: number, to: number): number {
  return (to - from + CIRCLE) % CIRCLE
}

let last: { key: string; points: readonly Point[] } | undefined

/** All points of the policy's ring in order; none where the servers of the decision have left, or the ring is too full. */
function pointsOf(
  { candidates, reason, server }: Decision,
  servers: ServersState,
): readonly Point[] {
  const hosts = candidates.flatMap((candidate) => {
    const row = servers.rows.get(candidate)
    return row ? [{ row, weight: weightOf(servers, candidate) }] : []
  })
  if (hosts.length < candidates.length || reason?.by !== 'ring-hash') return []
  const total = hosts.reduce((sum, { weight }) => sum + weight, 0)
  if (total * POINTS_PER_UNIT > MOST_POINTS) return []
  const names = hosts.map(({ row, weight }) => [row.server, row.address, row.listenPort, weight])
  const key = JSON.stringify(names)
  if (last?.key !== key) {
    const points: Point[] = []
    for (const { row, weight } of hosts) {
      addNginxPoints(row.address, row.listenPort, weight * POINTS_PER_UNIT, (point) => {
        points.push({ point, server: row.server })
      })
    }
    last = { key, points: points.sort((one, other) => one.point - other.point) }
  }
  // Servers with other weights or addresses than at the decision have other points.
  const { points } = last
  const isThere = points.some((one) => one.point === reason.point && one.server === server)
  return isThere ? points : []
}
