// A dial over a link that is down: it is refused, as by a machine without a listener.
import type { NodeId } from '../../../../shared/ids'
import type { Lab } from '../../lab'
import type { Connection, ConnectionHandlers, DialOptions } from '../../net/network'

/** Dials over the link between the proxy and the node `far`. */
export function dialOver(lab: Lab, far: NodeId, options: DialOptions): Connection {
  return lab.faults.isDown(far) ? new RefusedDial(lab, options) : lab.network.dial(options)
}

class RefusedDial implements Connection {
  readonly localPort = 0
  readonly localAddress = ''
  readonly remotePort: number
  readonly remoteAddress: string
  readonly unsentBytes = 0
  private handlers: ConnectionHandlers
  private isDestroyed = false

  constructor({ clock }: Lab, { host, port, handlers }: DialOptions) {
    this.remotePort = port
    this.remoteAddress = host
    this.handlers = handlers
    clock.schedule(0, () => {
      const message = 'The link is down.'
      this.handlers.closed(this.isDestroyed ? undefined : { code: 'REFUSED', message })
    })
  }

  setHandlers(handlers: ConnectionHandlers): void {
    this.handlers = handlers
  }

  destroy(): void {
    this.isDestroyed = true
  }

  reset(): void {
    this.isDestroyed = true
  }

  write(): void {}
  end(): void {}
  endAndCheck(): void {}
  pause(): void {}
  resume(): void {}
}
