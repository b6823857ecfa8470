// The connections to servers that are open or being dialled, numbered as they are dialled.
import { ChurningMap } from '../../../shared/churning-map'
import type { Exchange } from './exchange'
import type { UpstreamId } from './protocol'
import type { Server } from './table'
import type { Upstream } from './upstream'

export class OpenUpstreams {
  private readonly upstreams = new ChurningMap<UpstreamId, Upstream>()
  private lastId: UpstreamId = 0

  /** One that is to be dialled. */
  add(server: Server, exchange: Exchange): Upstream {
    const upstream: Upstream = {
      id: ++this.lastId,
      server,
      state: 'dialling',
      dials: 0,
      waiting: [exchange],
      timer: undefined,
      probe: undefined,
    }
    this.upstreams.set(upstream.id, upstream)
    return upstream
  }

  all(): IterableIterator<Upstream> {
    return this.upstreams.values()
  }

  delete(id: UpstreamId): void {
    this.upstreams.delete(id)
  }

  /**
   * The connection that an input is about. Undefined where the input comes late: the connection was hung up meanwhile.
   * Throws where it cannot be: there never was one of this number, or it is not being dialled.
   */
  dialling(id: UpstreamId): Upstream | undefined {
    const upstream = this.find(id)
    if (upstream && upstream.state !== 'dialling') throw outOfPlace(upstream, 'dialling')
    return upstream
  }

  /** The same of a connection that has been opened. */
  connected(id: UpstreamId): Upstream | undefined {
    const upstream = this.find(id)
    if (upstream?.state === 'dialling') throw outOfPlace(upstream, 'open')
    return upstream
  }

  private find(id: UpstreamId): Upstream | undefined {
    if (id > this.lastId) throw new Error(`No connection ${id} to a server was ever dialled.`)
    return this.upstreams.get(id)
  }
}

function outOfPlace({ id, state }: Upstream, expected: Upstream['state']): Error {
  return new Error(`The connection ${id} to a server is ${state}, not ${expected}.`)
}
