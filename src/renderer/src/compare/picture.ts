// What a compared lab looked like at a moment: which packets were on which links, and how many messages each node had.
import { type ComparedLab, PACKET_NUMBERS } from '../../../shared/compare/comparison'
import { PROXY } from '../../../shared/ids'

interface MovingPacket {
  readonly from: string
  readonly to: string
  /** 0 at the sender, 1 at the receiver. */
  readonly part: number
  readonly isAnswer: boolean
}

interface LabMoment {
  readonly moving: readonly MovingPacket[]
  /** Messages that a server has and has not answered. */
  readonly at: ReadonlyMap<string, number>
  /** Messages that a server was given so far. */
  readonly given: ReadonlyMap<string, number>
  /** Messages that wait in the proxy. */
  readonly waiting: number
}

/** More moving packets would be a blur. */
const MOST_MOVING = 150

export function labAt({ packets, nodes }: ComparedLab, atMs: number): LabMoment {
  const moving: MovingPacket[] = []
  const at = new Map<string, number>()
  const given = new Map<string, number>()
  const inProxy = new Set<number>()
  const add = (counts: Map<string, number>, node: string, by: number) =>
    counts.set(node, (counts.get(node) ?? 0) + by)
  for (let place = 0; place < packets.length; place += PACKET_NUMBERS) {
    const [exchange = 0, fromPlace = 0, toPlace = 0, sentAt = 0, endedAt = 0] = packets.slice(
      place,
      place + PACKET_NUMBERS,
    )
    if (sentAt > atMs) break
    const from = nodes[fromPlace] ?? ''
    const to = nodes[toPlace] ?? ''
    const hasArrived = endedAt <= atMs
    const isAnswer = isServer(from) || (from === PROXY && !isServer(to))
    if (isServer(to)) {
      add(given, to, 1)
      inProxy.delete(exchange)
      if (hasArrived) add(at, to, 1)
    } else if (isServer(from)) add(at, from, -1)
    else if (to === PROXY && hasArrived) inProxy.add(exchange)
    else if (from === PROXY) inProxy.delete(exchange)
    if (!hasArrived && moving.length < MOST_MOVING) {
      const part = (atMs - sentAt) / Math.max(0.001, endedAt - sentAt)
      moving.push({ from, to, part, isAnswer })
    }
  }
  return { moving, at, given, waiting: inProxy.size }
}

function isServer(node: string): boolean {
  return node.startsWith('server:') || node.startsWith('outside:server:')
}

/** In numerical order. */
export function clientsIn({ nodes }: ComparedLab): readonly string[] {
  const clients = nodes.filter((node) => node.includes('client:') && !isServer(node))
  return clients.sort((one, other) => one.localeCompare(other, 'en', { numeric: true }))
}
