// The points of nginx's ring: where a server stands on a circle of 2^32 (ngx_stream_upstream_hash_module.c: update_chash).
import { hostAndPort } from '../addresses'
import { crc32 } from '../recording/crc32'

export const POINTS_PER_UNIT = 160

/** Adds this many points of the server that a configuration file names by this address and port. */
export function addNginxPoints(
  address: string,
  port: number,
  count: number,
  add: (point: number) => void,
): void {
  const name = hostAndPort(address, port)
  const colon = name.lastIndexOf(':')
  const bytes = new TextEncoder().encode(`${name.slice(0, colon)}\0${name.slice(colon + 1)}`)
  const base = crc32(bytes)
  const last = new Uint8Array(4)
  const view = new DataView(last.buffer)
  for (let index = 0; index < count; index++) {
    const point = crc32(last, base)
    view.setUint32(0, point, true)
    add(point)
  }
}
