// One connection to a server, as the core knows it.
import { type AwaitedEnd, closedWords, serverWords } from '../../../shared/diagnosis/waiting'
import { type ExchangeId, isOutside, type SimMs } from '../../../shared/ids'
import { type ErrorCode, fault } from '../../../shared/protocol/errors'
import { visibly } from '../../../shared/visible-controls'
import type { Exchange } from './exchange'
import type { Given } from './given'
import type { OpenRegistrations } from './open-registrations'
import type { TimerId, UpstreamId } from './protocol'
import type { Server } from './table'
import type { TimeLimits } from './time-limits'

export interface Upstream {
  readonly id: UpstreamId
  readonly server: Server
  /** `closing`: it takes no further message and is hung up after its last answer. */
  state: 'dialling' | 'open' | 'closing'
  dials: number
  /** Answered in this order. */
  readonly waiting: Exchange[]
  /** Limits the present dial, the wait until the next one, the wait for the next answer, or a probe. */
  timer: TimerId | undefined
  /** What a server that has let its time pass was given last. */
  probe: AwaitedEnd | undefined
}

export type UpstreamLimit =
  | { readonly purpose: 'connect' | 'retry' | 'probe'; readonly upstream: Upstream }
  /** `since`: when the silence began that it limits. */
  | { readonly purpose: 'reply'; readonly upstream: Upstream; readonly since: Given }

export type UpstreamLimits = Pick<TimeLimits<UpstreamLimit>, 'start' | 'stop'>

/** `delayMs`: by default that of the limit's purpose. */
export function startLimit(
  limits: UpstreamLimits,
  limit: UpstreamLimit,
  exchange?: ExchangeId,
  delayMs?: SimMs,
): TimerId {
  return limits.start(limit, exchange, delayMs, isOutside(limit.upstream.server.node))
}

export function stopLimit(limits: UpstreamLimits, upstream: Upstream): void {
  limits.stop(upstream.timer)
  upstream.timer = undefined
}

/**
 * Since when the server has been silent about a message that it was handed: since its latest answer, if it had got that message
 * before this one; the time that a message waits while the server works on earlier ones is not its silence.
 */
export function silentSince(
  { lastAnswer }: Server,
  { at, number }: NonNullable<Exchange['handedOver']>,
): Given {
  return lastAnswer !== undefined && lastAnswer.to < number && lastAnswer.at.now > at.now
    ? lastAnswer.at
    : at
}

/** How many messages wait for an answer that the server got before the one that this connection waits for. */
export function earlierOnes(
  { server, waiting: [exchange] }: Upstream,
  all: Iterable<Upstream>,
): number {
  const limit = exchange?.handedOver?.number ?? 0
  let count = 0
  for (const { server: other, waiting } of all) {
    if (other !== server) continue
    count += waiting.filter(({ handedOver }) => (handedOver?.number ?? limit) < limit).length
  }
  return count
}

export function wordsOf({ server: { id, port } }: Upstream, detail: string): string {
  return serverWords(visibly`Server ${id} (port ${port})`, detail)
}

/** `detail`: of a timeout the whole sentence, which names the server. */
export function failureWords({ id, node }: Server, code: ErrorCode, detail?: string): string {
  if (code === 'SERVER_TIMEOUT' && detail !== undefined) return detail
  if (code === 'SERVER_CLOSED' && isOutside(node)) return closedWords(id)
  return serverWords(visibly`Server ${id}`, detail ?? fault(code).message)
}

export function serverFacts({ server }: Upstream, registrations: OpenRegistrations) {
  const { id, address, port, answers, node } = server
  return { id, address, port, answers, registrationIsOpen: registrations.has(node) }
}
