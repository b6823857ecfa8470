// Maglev: the slots of the table around the key's own one, each with the server that has claimed it.
import { maglevTable } from '../../../../shared/balance/maglev-table'
import { formatCount } from '../../../../shared/format'
import type { ProtocolId } from '../../../../shared/ids'
import type { Decision } from '../../../../shared/state/state'
import { picture, type ServersState, type StripPiece, weightOf } from './picture'

/** Slots in a row, an odd number: the key's own one stands in the middle. */
const IN_ROW = 7
/** With more servers a table takes too long for a picture. */
const MOST_SERVERS = 64

export const tableSlots = picture('maglev', {
  weighted: true,
  draw({ slot, size }, decision, servers) {
    // Whether a server that was tried before still has slots is not known.
    if (decision.passedOver.some(({ why }) => why === 'tried')) return undefined
    const ownerOf = ownersOf(decision, servers, size)
    // Other servers, weights or addresses than at the decision make another table.
    if (ownerOf(slot) !== decision.server) return undefined
    const half = (IN_ROW - 1) / 2
    const pieces = Array.from({ length: IN_ROW }, (_, index): StripPiece => {
      return {
        server: ownerOf((slot + index - half + size) % size) ?? '',
        from: index / IN_ROW,
        to: (index + 1) / IN_ROW,
        part: index === half ? 'chosen' : 'other',
      }
    })
    const words = `slot ${formatCount(slot)} of ${formatCount(size)}`
    return { kind: 'strip', pieces, at: 0.5, words }
  },
})

let last: { key: string; table: Uint16Array } | undefined

function ownersOf({ candidates, passedOver }: Decision, servers: ServersState, size: number) {
  // Full servers keep their slots.
  const without = passedOver.filter(({ why }) => why !== 'full')
  const gone = new Set(without.map((one) => one.server))
  const available = candidates.filter((candidate) => !gone.has(candidate))
  const hosts = available.flatMap((server) => {
    const row = servers.rows.get(server)
    return row
      ? [{ address: row.address, port: row.listenPort, weight: weightOf(servers, server) }]
      : []
  })
  if (hosts.length < available.length || hosts.length > MOST_SERVERS) return () => undefined
  const key = JSON.stringify([size, hosts])
  if (last?.key !== key) last = { key, table: maglevTable(hosts, size) }
  const { table } = last
  return (slot: number): ProtocolId | undefined => available[table[slot] ?? -1]
}
