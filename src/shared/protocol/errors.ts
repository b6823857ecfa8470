// The table of faults: code → meaning. The proxy answers with these codes, and the app shows the
// same text.

export const ERRORS = {
  NOT_JSON: 'The bytes are not JSON.',
  NOT_AN_OBJECT: 'A message is a JSON object.',
  NOT_UTF8: 'The bytes are not UTF-8.',
  OTHER_PROTOCOL: 'The bytes are of another protocol.',
  OTHER_SERIALISATION: 'The bytes are a message in another format than JSON.',
  OTHER_FRAMING: 'Something stands before the message or after it.',
  MESSAGE_TOO_LARGE: 'The message is larger than the limit.',
  NESTED_TOO_DEEPLY: 'The message is nested too deeply.',
  MESSAGE_HALF_SENT: 'The message was begun and not finished.',
  MISSING_FIELD: 'A field is missing.',
  WRONG_FIELD: 'A field has a value that it cannot have.',
  UNKNOWN_TYPE: 'The type is none of 0, 1 and 2.',
  UNEXPECTED_TYPE: 'A message of this type does not belong here.',
  PROXY_SWAPPED: 'Another program stands in the proxy’s place.',
  PORT_OF_THE_APP: 'The port belongs to Roundabout itself.',
  TABLE_FULL: 'The message switching table is full.',
  ID_TAKEN: 'A server of another machine has this id.',
  NO_SERVER_FOR_POLICY: 'No server is registered for this policy.',
  SERVERS_DOWN: 'None of the policy’s servers can be chosen: they are down.',
  SERVERS_FULL: 'Each of the policy’s servers is at its limit, and there is no queue.',
  QUEUE_FULL: 'The policy’s queue is full.',
  QUEUE_TIMEOUT: 'No server was free within the queue’s longest wait.',
  CIRCUIT_OPEN: 'The circuit breakers of the policy’s servers are open.',
  LIMIT_REACHED: 'A limit of the policy’s circuit breaker is reached.',
  SERVER_UNREACHABLE: 'The server does not accept connections.',
  SERVER_CONNECT_TIMEOUT: 'The server did not accept the connection in time.',
  SERVER_TIMEOUT: 'The server did not answer in time.',
  SERVER_CLOSED: 'The server closed the connection without an answer.',
  SERVER_BAD_ANSWER: 'The server sent something that is not an answer.',
  /** For figures only: no message is refused with it. */
  WRONG_HASH: 'The hash in the answer is wrong.',
  SERVER_REMOVED: 'The server was removed before it answered.',
  SERVER_OVERLOADED: 'The server’s own queue is full.',
  CLIENT_LEFT: 'The client left before its answer came.',
  PROXY_UNREACHABLE: 'The proxy does not accept connections.',
  PROXY_CLOSED: 'The proxy closed the connection without an answer.',
  DROPPED_BY_HAND: 'It was taken off its link by hand.',
  LOST_ON_LINK: 'A fault of the link took it.',
  STOPPED: 'The lab was stopped or reset.',
  /** Stands for a code from a newer version's recording; never sent. */
  UNKNOWN: 'The reason is one that only a newer Roundabout knows.',
} as const

export type ErrorCode = keyof typeof ERRORS

export function isErrorCode(code: string): code is ErrorCode {
  return Object.hasOwn(ERRORS, code)
}

/** A fault: its code and a sentence about what was wrong and where. */
/** For charts and tables, where a sentence has no room: `server closed`. */
export function errorName(code: string): string {
  return code.toLowerCase().replaceAll('_', ' ')
}

export interface Fault {
  code: ErrorCode
  message: string
  /** The protocol that the sender speaks, if the answer goes in that one. */
  replyAs?: ReplyForm
}

/** The protocols in which the proxy can answer that they are not spoken here. */
export type ReplyForm =
  | 'http'
  | 'line'
  | 'mqtt'
  | 'postgres'
  | 'redis'
  | 'socks4'
  | 'socks5'
  | 'tls'

/**
 * Makes the fault of this code; `detail` says what was wrong and where (default: the table's text).
 */
export function fault(code: ErrorCode, detail?: string): Fault {
  return { code, message: detail ?? ERRORS[code] }
}
