import { type ClosableNetwork, PortDeniedError } from '../../src/main/engine/net/network'
import { createNodeNetwork } from '../../src/main/engine/net/node-network'

/** Returns a network of real sockets on which listening on these ports needs rights that it lacks. */
export function networkDenying(isDenied: (port: number) => boolean): ClosableNetwork {
  const sockets = createNodeNetwork()
  return {
    async listen(options) {
      if (isDenied(options.port)) throw new PortDeniedError(options.port)
      return sockets.listen(options)
    },
    dial: (options) => sockets.dial(options),
    openSockets: () => sockets.openSockets(),
    close: () => sockets.close(),
  }
}
