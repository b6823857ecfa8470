// A pool's limits, queue and retries in HAProxy.
import { type PoolValues, usesKey } from '../settings/pool'
import { OFF } from '../settings/setting'
import { type ConfigLine, type Fragment, fragment, line, NOTHING, only, together } from './fragment'
import { milliseconds } from './haproxy-health'
import type { ExportedPool } from './setup'

/** HAProxy tries another server at once only with these. */
const TAKES_TURNS: ReadonlySet<string> = new Set<PoolValues['algorithm']>([
  ...(['round-robin', 'weighted-round-robin', 'haproxy-round-robin'] as const),
  ...(['random', 'two-choices'] as const),
])

export function haproxyLoad(pool: ExportedPool): Fragment {
  return together(queueOf(pool), retriesOf(pool))
}

/** How many messages may wait in the backend's queue; 0: none. */
function placesOf({ settings: { queue, limits } }: ExportedPool): number {
  if (queue === OFF) return 0
  return limits === OFF ? queue.max : Math.min(queue.max, limits.maxWaiting)
}

function isLimited({ servers }: ExportedPool): boolean {
  return servers.some(({ maxConnections }) => maxConnections > 0)
}

function queueOf(pool: ExportedPool): Fragment {
  if (!isLimited(pool)) return NOTHING
  const { queue } = pool.settings
  if (queue === OFF || placesOf(pool) === 0) {
    return fragment([
      line(
        'timeout queue 1ms',
        'nobody waits: where all servers are full, the connection is closed',
      ),
    ])
  }
  return fragment(
    [
      line(
        `timeout queue ${milliseconds(queue.timeoutMs)}`,
        'where all servers are full, connections wait so long',
      ),
    ],
    usesKey(pool.settings.algorithm) &&
      'A connection whose key belongs to a full server waits for that one in HAProxy; in the lab it goes to the next server.',
  )
}

/** In the frontend: connections that are refused before they reach the backend. */
export function refusedAtOnce(
  pool: ExportedPool,
  condition: string,
  backend: string,
): readonly ConfigLine[] {
  const { queue, limits } = pool.settings
  const places = placesOf(pool)
  const refuse = 'tcp-request content reject if'
  const lines: ConfigLine[] = []
  if (queue !== OFF && places > 0 && isLimited(pool)) {
    lines.push(
      line(`${refuse} ${condition} { queue(${backend}) ge ${places} }`, 'the queue is full'),
    )
  }
  if (limits !== OFF) {
    const most = limits.maxInFlight + places
    const why = 'the circuit breaker by limits: in flight and waiting together'
    lines.push(line(`${refuse} ${condition} { be_conn(${backend}) ge ${most} }`, why))
  }
  return lines
}

function retriesOf({ settings, servers }: ExportedPool): Fragment {
  const { retries, limits, algorithm } = settings
  const waits =
    !TAKES_TURNS.has(algorithm) &&
    'Before it tries another server HAProxy waits for a second with this algorithm; the lab does not.'
  const limited =
    limits === OFF ? NOTHING : only('HAProxy does not limit how many retries there are at once.')
  if (retries === OFF) {
    const others = Math.max(0, servers.length - 1)
    return together(
      fragment(
        [
          line(
            `retries ${others}`,
            'a connection that could not be opened is tried once for each other server',
          ),
          line('option redispatch 1', 'each retry goes to another server'),
        ],
        others > 0 && waits,
      ),
      limited,
    )
  }
  const redispatch =
    retries.to === 'other'
      ? line('option redispatch 1', 'each retry goes to another server')
      : line('option redispatch', 'the last retry goes to another server')
  return together(
    fragment(
      [
        line(
          `retries ${retries.max}`,
          'a connection that could not be opened is tried so often again',
        ),
        ...(retries.max > 0 ? [redispatch] : []),
      ],
      retries.max > 0 && waits,
      retries.on !== 'unreachable' &&
        'Once a connection to a server stands, HAProxy does not try again: a hang-up or a wrong answer reaches the client.',
      retries.backoffMs > 0 &&
        'The backoff is left out: HAProxy waits up to a second, and only for the same server.',
      retries.budgetPercent > 0 && 'HAProxy has no retry budget.',
    ),
    limited,
  )
}
