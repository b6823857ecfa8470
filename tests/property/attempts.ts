// The attempts in a story of events: from when until when a server had each message.
import { partsOfEvent } from '../../src/shared/carried'
import type { LabEvent } from '../../src/shared/events'
import { PROXY } from '../../src/shared/ids'

export type Decision = Extract<LabEvent, { type: 'decision.made' }>
type Failure = Extract<LabEvent, { type: 'upstream.failed' }>

export interface Attempt {
  readonly decision: Decision
  readonly server: string
  /** The failure of the attempt before. */
  readonly failedBefore: Failure | undefined
  /** That failure, after which it was decided to make this one; else the decision. */
  readonly began: LabEvent
  /** It came to its end at this time at the earliest, and at the latest: events do not say it to the point. */
  endsFrom: number
  endsUntil: number
}

export function attemptsIn(events: readonly LabEvent[]): Attempt[] {
  const attempts: Attempt[] = []
  /** The last attempt of each exchange, until its end is sure. */
  const open = new Map<number, Attempt>()
  const failures = new Map<number, Failure>()
  /** The exchanges of packets between the proxy and servers. */
  const exchanges = new Map<number, number>()
  const answers = new Set<number>()
  const connections = new Map<number, Set<number>>()

  function end(exchange: number | undefined, at: number, isSure: boolean): void {
    const attempt = exchange === undefined ? undefined : open.get(exchange)
    if (attempt === undefined) return
    attempt.endsFrom = Math.min(attempt.endsFrom, at)
    if (!isSure) return
    attempt.endsUntil = at
    open.delete(attempt.decision.exchange)
  }

  for (const event of events.flatMap(partsOfEvent)) {
    switch (event.type) {
      case 'decision.made': {
        // Bytes that belong to no message in the story: they are not one exchange.
        if (event.server === null || event.exchange === 0) break
        const failedBefore = failures.get(event.exchange)
        const attempt = {
          decision: event,
          server: event.server,
          failedBefore,
          began: failedBefore ?? event,
          endsFrom: Number.POSITIVE_INFINITY,
          endsUntil: Number.POSITIVE_INFINITY,
        }
        open.set(event.exchange, attempt)
        attempts.push(attempt)
        break
      }
      case 'packet.sent': {
        const isWithServer = event.from.includes('server:') || event.to.includes('server:')
        if (!isWithServer || event.exchange === 0) break
        exchanges.set(event.packet, event.exchange)
        if (event.to === PROXY) answers.add(event.packet)
        const on = connections.get(event.connection) ?? new Set()
        connections.set(event.connection, on.add(event.exchange))
        break
      }
      case 'packet.delivered':
        if (answers.has(event.packet)) end(exchanges.get(event.packet), event.at, true)
        break
      case 'packet.dropped':
        end(exchanges.get(event.packet), event.at, false)
        break
      case 'connection.closed':
        for (const exchange of connections.get(event.connection) ?? []) {
          end(exchange, event.at, false)
        }
        break
      case 'upstream.left':
        end(event.exchange, event.at, true)
        break
      case 'upstream.failed':
        end(event.exchange, event.at, true)
        failures.set(event.exchange, event)
        break
      case 'exchange.finished':
        end(event.exchange, event.at, false)
        break
      default:
    }
  }
  return attempts
}
