// Finds a port for the proxy.
import { DEFAULT_PROXY_PORT, PROXY_PORT_TRIES } from '../../shared/limits'
import { type Listener, type ListenOptions, type Network, PortError } from './net/network'

/**
 * Listens on the given port (0: any free one) or, without one, on the default port or the next free one.
 * Rejects with an Error for the person who started the app if no port is free.
 */
export async function listenOnPort(
  network: Network,
  asked: number | undefined,
  options: Omit<ListenOptions, 'port'>,
): Promise<Listener> {
  const first = asked ?? DEFAULT_PROXY_PORT
  const tries = asked === undefined ? PROXY_PORT_TRIES : 1
  for (let port = first; port < first + tries; port++) {
    try {
      return await network.listen({ ...options, port })
    } catch (error) {
      if (!(error instanceof PortError)) throw error
      if (asked !== undefined) {
        throw new Error(
          `${error.message}: name another one with --proxy-port, or 0 for any free one.`,
        )
      }
    }
  }
  throw new Error(
    `All ports from ${first} to ${first + tries - 1} are in use by other programs: name one with --proxy-port, or 0 for any free one.`,
  )
}
