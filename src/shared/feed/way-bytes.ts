// The part of a packet's row that says what it is and which way it goes, as `,0,"client:1","proxy",12`. A connection that is used
// again writes the same part again, and to copy it costs a fraction of looking up its texts one by one.
import type { Sending } from '../carried'
import { type ConnectionId, type NodeId, PROXY } from '../ids'
import type { JsonBytes } from './json-bytes'

/** Two for each connection, one each way; those of later connections replace those of earlier ones. A power of two. */
const PLACES = 1_024
const PROXY_BYTES = new TextEncoder().encode(JSON.stringify(PROXY))

interface Way {
  connection: ConnectionId
  kind: Sending['kind']
  from: NodeId
  to: NodeId
  /** Kept from the second packet on: most connections of a lab with a new one for each message never have another. */
  bytes: Uint8Array | undefined
}

const ways: readonly Way[] = Array.from({ length: PLACES }, () => ({
  connection: 0,
  kind: 0,
  from: '',
  to: '',
  bytes: undefined,
}))

/** Writes the kind of a packet, the nodes that it goes from and to, and its connection, each behind a comma. */
export function writeWay(rows: JsonBytes, packet: Sending): void {
  const { kind, from, to, connection } = packet
  const place = 2 * connection + (from === PROXY ? 1 : 0)
  const way = ways[place & (PLACES - 1)] as Way
  const isSame =
    way.connection === connection && way.from === from && way.to === to && way.kind === kind
  if (isSame && way.bytes !== undefined) {
    rows.raw(way.bytes)
    return
  }
  const start = rows.length
  write(rows, packet)
  if (isSame) {
    way.bytes = rows.bytes.slice(start, rows.length)
    return
  }
  way.connection = connection
  way.kind = kind
  way.from = from
  way.to = to
  way.bytes = undefined
}

function write(rows: JsonBytes, { kind, from, to, connection }: Sending): void {
  rows.comma()
  rows.raw(rows.bytesOf(kind))
  rows.comma()
  rows.raw(from === PROXY ? PROXY_BYTES : rows.bytesOf(from))
  rows.comma()
  rows.raw(to === PROXY ? PROXY_BYTES : rows.bytesOf(to))
  rows.comma()
  rows.number(connection)
}
