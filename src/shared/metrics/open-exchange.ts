// What is kept of an exchange until it has ended.

import type { LabEvent } from '../events'
import type { ConnectionId, NodeId, ProtocolId, SimMs } from '../ids'
import type { ErrorCode } from '../protocol/errors'
import type { Group } from './group'
import { bucketOf } from './histogram'

type Of<T extends LabEvent['type']> = Extract<LabEvent, { type: T }>

export interface OpenExchange {
  readonly client: NodeId
  /** On which the proxy has its message; undefined before that. */
  connection: ConnectionId | undefined
  isOver: boolean
  /** The groups that count it from beginning to end: everything, its client and, once it is known, its policy. */
  readonly groups: Group[]
  /** When its message should have been sent. */
  dueAt: SimMs
  policy: ProtocolId | undefined
  /** The server that has it; its figures count it until it is answered or fails there. */
  server: ProtocolId | undefined
  /** When that server was chosen. */
  givenAt: SimMs
  answeredBy: ProtocolId | undefined
  /** Whether the answer is an error is not known yet, so the end of that server's attempt has not been counted. */
  isUnjudged: boolean
  /** The server has answered with an error. */
  isErrorAnswer: boolean
  /** The hash that its client got is wrong. */
  isWrong: boolean
  linkMs: SimMs
  queueMs: SimMs
  serviceMs: SimMs
  /** In the proxy's queue since. */
  queuedAt: SimMs | undefined
  /** At the server, and worked on there, since. */
  arrivedAt: SimMs | undefined
  workAt: SimMs | undefined
}

/** A client has sent its message, which was due now. */
export function openExchange(client: NodeId, at: SimMs, groups: Group[]): OpenExchange {
  return {
    client,
    connection: undefined,
    isOver: false,
    groups,
    dueAt: at,
    policy: undefined,
    server: undefined,
    givenAt: at,
    answeredBy: undefined,
    isUnjudged: false,
    isErrorAnswer: false,
    isWrong: false,
    linkMs: 0,
    queueMs: 0,
    serviceMs: 0,
    queuedAt: undefined,
    arrivedAt: undefined,
    workAt: undefined,
  }
}

/** The server has done its work: adds the times that the message waited and was worked on there. False: it is not there. */
export function endWork(open: OpenExchange, at: SimMs): boolean {
  const { arrivedAt } = open
  if (arrivedAt === undefined) return false
  const workAt = open.workAt ?? arrivedAt
  open.queueMs += workAt - arrivedAt
  open.serviceMs += at - workAt
  open.arrivedAt = undefined
  open.workAt = undefined
  return true
}

/** The proxy has the answer of the server that has it, which may be an error. */
export function takeAnswer(open: OpenExchange, isError: boolean): void {
  open.answeredBy = open.server
  open.isUnjudged = true
  open.isErrorAnswer = isError
  open.server = undefined
}

/** The times of an exchange that is answered now, by their places, and the buckets of these times. */
export function timesOf({ linkMs, queueMs, serviceMs, dueAt }: OpenExchange, at: SimMs) {
  const whole = at - dueAt
  return {
    times: { link: linkMs, queue: queueMs, service: serviceMs, whole },
    buckets: {
      link: bucketOf(linkMs),
      queue: bucketOf(queueMs),
      service: bucketOf(serviceMs),
      whole: bucketOf(whole),
    },
  }
}

/** Why the server's answer was an error, as this event shows; null if it was right, even if it does not reach the client. */
export function answerError(
  event: Of<'upstream.failed'> | Of<'upstream.left'> | Of<'exchange.finished'>,
  { isErrorAnswer, isWrong }: OpenExchange,
): ErrorCode | null {
  if (event.type === 'upstream.failed') return event.reason
  if (event.type === 'exchange.finished' && event.outcome === 'refused') {
    return event.reason ?? 'SERVER_BAD_ANSWER'
  }
  if (isWrong) return 'WRONG_HASH'
  return isErrorAnswer ? 'SERVER_BAD_ANSWER' : null
}

/** How it ends: an answer with a wrong hash is an error. */
export function endOf(
  { outcome, reason }: Of<'exchange.finished'>,
  { isWrong }: OpenExchange,
): { outcome: 'answered' | 'refused' | 'lost'; reason: ErrorCode | null } {
  if (outcome === 'answered' && isWrong) return { outcome: 'lost', reason: 'WRONG_HASH' }
  return { outcome, reason }
}
