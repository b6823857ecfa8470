// How the check connects to a student's program, and at which addresses of this machine it looks for it.
import { connect, type Socket } from 'node:net'
import { networkInterfaces } from 'node:os'

export const LOOPBACK = '127.0.0.1'
/** Debian's address of a host's own name. */
const DEBIAN_HOST = '127.0.1.1'
/** Where a program may look for `localhost`, or for this machine by its name. */
export const HOST_NAMES = ['::1', DEBIAN_HOST]

/** `refused`: or unreachable; `silent`: not accepted in time. */
export function dialProgram(
  host: string,
  port: number,
  limitMs: number,
): Promise<Socket | 'refused' | 'silent'> {
  return new Promise((resolve) => {
    // The proxy takes a server to be where its registration comes from: where the check listens.
    const from = host === DEBIAN_HOST && { localAddress: host }
    const socket = connect({ host, port, allowHalfOpen: true, ...from })
    const fail = (how: 'refused' | 'silent') => {
      clearTimeout(limit)
      socket.destroy()
      resolve(how)
    }
    const limit = setTimeout(() => fail('silent'), limitMs)
    const refused = () => fail('refused')
    socket.once('error', refused)
    socket.once('connect', () => {
      clearTimeout(limit)
      socket.off('error', refused)
      // A dial to a port that nobody listens on can meet itself.
      if (socket.localPort === port) fail('refused')
      else resolve(socket)
    })
  })
}

/** Loopback first; a program that listens on its host's name has another address of this machine. */
export function ownAddresses(): string[] {
  const outward = Object.values(networkInterfaces())
    .flatMap((addresses) => addresses ?? [])
    .filter(({ family, internal }) => family === 'IPv4' && !internal)
    .map(({ address }) => address)
  return [LOOPBACK, '::1', ...(process.platform === 'linux' ? [DEBIAN_HOST] : []), ...outward]
}
