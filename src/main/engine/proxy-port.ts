// Finds a port for the proxy: one that is free on every address of this machine that it listens on.
import { LOOPBACK_IPV6 } from '../../shared/addresses'
import { DEFAULT_HOST, DEFAULT_PROXY_PORT, PROXY_PORT_TRIES } from '../../shared/limits'
import {
  AddressError,
  type Listener,
  type ListenOptions,
  type Network,
  PortError,
} from './net/network'

type Accept = ListenOptions['accept']

/** Any free port of one address may be taken on the other. */
const ANY_PORT_TRIES = 20

/**
 * Listens on the given port (0: any free one) or, without one, on the default port or the next free one. Rejects with an
 * Error for the person who started the app if no port is free. Returns a listener for each address, with one port: on
 * ::1 too, where there is one, since `localhost` is that first for many programs. `host`: on that address alone.
 */
export async function listenOnPort(
  network: Network,
  asked: number | undefined,
  accept: Accept,
  host?: string | undefined,
): Promise<readonly [Listener, ...Listener[]]> {
  for (const port of portsToTry(asked)) {
    try {
      if (host !== undefined) return [await network.listen({ host, port, accept })]
      return await listen(network, port, accept)
    } catch (error) {
      if (!(error instanceof PortError)) throw error
      if (asked !== undefined && asked !== 0) {
        throw new Error(`${error.message}: choose another one, or 0 for any free one.`)
      }
    }
  }
  const last = DEFAULT_PROXY_PORT + PROXY_PORT_TRIES - 1
  throw new Error(
    `All ports from ${DEFAULT_PROXY_PORT} to ${last} are in use by other programs: name one with --proxy-port, or 0 for any free one.`,
  )
}

function portsToTry(asked: number | undefined): readonly number[] {
  if (asked === 0) return Array<number>(ANY_PORT_TRIES).fill(0)
  if (asked !== undefined) return [asked]
  return Array.from({ length: PROXY_PORT_TRIES }, (_, index) => DEFAULT_PROXY_PORT + index)
}

async function listen(
  network: Network,
  wanted: number,
  accept: Accept,
): Promise<readonly [Listener, ...Listener[]]> {
  const listener = await network.listen({ host: DEFAULT_HOST, port: wanted, accept })
  try {
    return [listener, await network.listen({ host: LOOPBACK_IPV6, port: listener.port, accept })]
  } catch (error) {
    if (error instanceof AddressError) return [listener]
    await listener.close()
    throw error
  }
}
