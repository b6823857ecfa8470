// Why the proxy gives a message to no server, or not again, and what a person can do about it: the errors that it answers.
import type { PassedOver } from '../decision/reason'
import { counted, formatDuration, listed } from '../format'
import type { ProtocolId, SimMs } from '../ids'
import { type Fault, fault } from '../protocol/errors'
import { visibly } from '../visible-controls'

const MOST_NAMES = 5

const WHY: Readonly<Record<PassedOver['why'], string>> = {
  down: 'down',
  tried: 'tried already',
  ejected: 'ejected',
  failing: 'passed over after failures',
  draining: 'draining',
  full: 'at its limit',
  backup: 'a backup that is not its turn',
  circuitOpen: 'behind an open circuit breaker',
  unknown: 'passed over',
}

/** No server could be chosen. */
export function nobodyFault(policy: ProtocolId, passedOver: readonly PassedOver[]): Fault {
  const has = (why: PassedOver['why']) => passedOver.some((one) => one.why === why)
  const found = visibly`No server of policy ${policy} can be chosen: ${causes(passedOver)}.`
  if (has('full')) {
    const full = 'Raise a limit, add a server, or switch the queue of the policy on.'
    return fault('SERVERS_FULL', `${found} ${full}`)
  }
  if (has('circuitOpen')) {
    return fault('CIRCUIT_OPEN', `${found} It is tried again once its time is over.`)
  }
  return fault('SERVERS_DOWN', `${found} Start a server, or wait until one is back.`)
}

function causes(passedOver: readonly PassedOver[]): string {
  const told = passedOver.slice(0, MOST_NAMES).map(({ server, why }) => {
    return visibly`${server} is ${WHY[why]}`
  })
  const more = passedOver.length - told.length
  return listed(more > 0 ? [...told, `${more} more are not available`] : told)
}

export function queueFullFault(policy: ProtocolId, max: number): Fault {
  return fault(
    'QUEUE_FULL',
    visibly`The queue of policy ${policy} is full: ${counted(max, 'message waits', 'messages wait')}. Send fewer at once, add a server, or give the queue more places.`,
  )
}

export function queueTimeoutFault(policy: ProtocolId, waitedMs: SimMs): Fault {
  return fault(
    'QUEUE_TIMEOUT',
    visibly`No server of policy ${policy} was free for ${formatDuration(waitedMs)}, the longest that a message waits. Add a server, raise a limit, or let messages wait longer.`,
  )
}

const LIMITED = {
  inFlight: 'message in flight',
  waiting: 'message in the queue',
} as const
const LIMITED_MANY = {
  inFlight: 'messages in flight',
  waiting: 'messages in the queue',
} as const

/** A limit of Envoy's kind of circuit breaker. */
export function limitFault(policy: ProtocolId, most: number, of: keyof typeof LIMITED): Fault {
  return fault(
    'LIMIT_REACHED',
    visibly`The circuit breaker of policy ${policy} allows ${counted(most, LIMITED[of], LIMITED_MANY[of])}, and there are as many. Send fewer at once, or raise the limit.`,
  )
}

/** Added to the error of the last attempt. */
export const NOT_AGAIN = {
  'may have begun':
    'It is not tried again: the server may have begun the work, and the policy’s messages are not idempotent.',
  'used up': 'It is not tried again: all its retries are used up.',
} as const

/** Added to the error of the last attempt, by a retry budget or a limit. */
export function tooManyRetries(most: number): string {
  return `It is not tried again: the policy may have ${counted(most, 'retry', 'retries')} at once, and has as many.`
}
