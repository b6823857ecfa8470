// Which ports are there for servers of the lab that ask for none? A server that is stopped does not hold its port. If another lab on
// this machine took it, the messages for the stopped server would come to that lab, which would answer them. So each lab takes
// ports from ranges of its own. As long as it runs, it listens on the port in front of each of its ranges, as a sign to the others.
import { type Network, PortError } from './net/network'

/**
 * The sign of the first range. Its ports are far from the proxy's, around which the servers of the homework listen (2105, 2110
 * and so on), and all ranges are below the ports that systems give to clients.
 */
const FIRST_SIGN = 21_000
const LAST_SIGN = 31_900
const RANGE = 100

export class ServerPorts {
  /** By its place among the lab's ranges, the sign of each; undefined: no range was left. */
  private readonly signs = new Map<number, Promise<number | undefined>>()

  /** `host`: the address on which the servers listen. */
  constructor(
    private readonly network: Pick<Network, 'listen'>,
    readonly host: string,
  ) {}

  /**
   * Ports to try, in this order: those of the lab's ranges without `used`. A further range becomes the lab's when all ports before
   * it have been tried; it ends where no range is left. Throws if nobody can listen on the address.
   */
  async *toTry(used: ReadonlySet<number>): AsyncGenerator<number> {
    for (let place = 0; ; place++) {
      const sign = await this.sign(place)
      if (sign === undefined) return
      for (let port = sign + 1; port < sign + RANGE; port++) if (!used.has(port)) yield port
    }
  }

  private sign(place: number): Promise<number | undefined> {
    const known = this.signs.get(place)
    if (known) return known
    const found = this.findSign(place)
    this.signs.set(place, found)
    // The next server tries again.
    found.catch(() => this.signs.delete(place))
    return found
  }

  /** Listens on the first free sign behind the one before. The network closes it at its end. */
  private async findSign(place: number): Promise<number | undefined> {
    const before = place === 0 ? FIRST_SIGN - RANGE : await this.sign(place - 1)
    if (before === undefined) return undefined
    for (let port = before + RANGE; port <= LAST_SIGN; port += RANGE) {
      try {
        const accept = (connection: { destroy(): void }) => connection.destroy()
        await this.network.listen({ host: this.host, port, accept })
        return port
      } catch (error) {
        if (!(error instanceof PortError)) throw error
      }
    }
    return undefined
  }
}
