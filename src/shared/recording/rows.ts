// What the rows of a recording's events must be: nothing in a file is believed until it has been through here.
import * as v from 'valibot'
import type { Breakpoint, EventBody, EventType, Node, Piece, Row, Skipped } from '../events'
import { ROWS, TYPES } from '../feed/frame'
import { isErrorCode } from '../protocol/errors'

type Check = (value: unknown) => boolean
type FieldsOf<T extends EventType> = Exclude<keyof Extract<EventBody, { type: T }> & string, 'type'>

const MOST = 2 ** 32

export const isText: Check = (value) => typeof value === 'string'
const isFlag: Check = (value) => typeof value === 'boolean'
/** An id or a count; ids are kept in 32 bits. */
export const isWhole: Check = (value) =>
  typeof value === 'number' && value >= 0 && value < MOST && Math.floor(value) === value
/** Of simulated time, in whole microseconds. */
export const isMicroseconds: Check = (value) => Number.isSafeInteger(value) && Number(value) >= 0
const isAmount: Check = (value) => Number.isFinite(value) && Number(value) >= 0
const isPort: Check = (value) => isWhole(value) && Number(value) < 65_536
const isReason: Check = (value) => typeof value === 'string' && isErrorCode(value)
const isKind: Check = (value) => value === 0 || value === 1 || value === 2 || value === 'error'
export const isPart: Check = (value) => isAmount(value) && Number(value) <= 1

const orNull =
  (check: Check): Check =>
  (value) =>
    value === null || check(value)
const oneOf =
  (...values: readonly unknown[]): Check =>
  (value) =>
    values.includes(value)
const shaped =
  <T>(schema: v.GenericSchema<T>): Check =>
  (value) =>
    v.is(schema, value)

export const whole = v.custom<number>(isWhole)
export const amount = v.custom<number>(isAmount)
const port = v.custom<number>(isPort)

const nodeFields = {
  id: v.string(),
  role: v.picklist(['proxy', 'server', 'client', 'unknown']),
  origin: v.picklist(['inside', 'outside']),
  protocolId: v.exactOptional(v.string()),
  policy: v.exactOptional(v.string()),
  payload: v.exactOptional(v.string()),
  port: v.exactOptional(port),
  keepConnection: v.exactOptional(v.boolean()),
}
const rowFields = {
  server: v.string(),
  policy: v.string(),
  listenPort: port,
  address: v.string(),
  node: v.string(),
  health: v.picklist(['up', 'down']),
}
const node: v.GenericSchema<Node> = v.strictObject(nodeFields)
const row: v.GenericSchema<Row> = v.strictObject(rowFields)
const breakpoint: v.GenericSchema<Breakpoint> = v.strictObject({
  id: whole,
  filter: v.string(),
  once: v.boolean(),
  enabled: v.boolean(),
})
const pieces: v.GenericSchema<Piece[]> = v.array(
  v.strictObject({ bytes: whole, of: whole, at: amount }),
)
const skipped: v.GenericSchema<Skipped[]> = v.array(
  v.strictObject({ server: v.string(), reason: v.literal('down') }),
)
export const schemas = { nodeFields, rowFields, breakpoint, pieces, skipped }

const CHECKS: { readonly [T in EventType]: { readonly [F in FieldsOf<T>]: Check } } = {
  'packet.sent': {
    packet: isWhole,
    exchange: isWhole,
    kind: isKind,
    from: isText,
    to: isText,
    connection: isWhole,
    dueAt: isMicroseconds,
    bytes: isWhole,
    copyOf: orNull(isWhole),
  },
  'packet.delivered': { packet: isWhole },
  'packet.dropped': { packet: isWhole, reason: isReason },
  'packet.held': {
    packet: isWhole,
    breakpoint: orNull(isWhole),
    behind: orNull(isWhole),
    progress: isPart,
  },
  'packet.released': { packet: isWhole, dueAt: isMicroseconds },
  'packet.edited': { packet: isWhole, kind: isKind, bytes: isWhole },
  'packet.read': { packet: isWhole, pieces: shaped(pieces) },
  'breakpoint.set': { breakpoint: shaped(breakpoint) },
  'breakpoint.removed': { breakpoint: isWhole },
  'decision.made': {
    exchange: isWhole,
    policy: isText,
    server: orNull(isText),
    candidates: isWhole,
    turn: isWhole,
    skipped: shaped(skipped),
    next: orNull(isText),
  },
  'upstream.failed': { exchange: isWhole, server: isText, reason: isReason },
  'answer.verified': {
    exchange: isWhole,
    packet: isWhole,
    node: isText,
    verdict: oneOf('correct', 'wrong', 'error'),
  },
  'exchange.finished': {
    exchange: isWhole,
    client: isText,
    outcome: oneOf('answered', 'refused', 'lost'),
    server: orNull(isText),
    reason: orNull(isReason),
  },
  'connection.opened': {
    connection: isWhole,
    from: isText,
    to: isText,
    fromPort: isPort,
    toPort: isPort,
    fromAddress: isText,
    toAddress: isText,
  },
  'connection.closed': { connection: isWhole, node: isText },
  'proxy.listening': { host: isText, port: isPort, askedPort: isPort },
  'node.added': { node: shaped(node) },
  'node.changed': { node: shaped(node) },
  'node.removed': { id: isText },
  'row.set': { row: shaped(row) },
  'row.removed': { server: isText },
  'policy.next': { policy: isText, server: orNull(isText) },
  'clock.changed': { paused: isFlag, speed: isAmount },
  'latency.changed': { latencyMs: isAmount },
  log: { node: isText, level: oneOf('info', 'warning', 'error'), text: isText },
  'scenario.reset': {},
  'scenario.opened': { name: isText },
}

/** By type, and then by place in the row. */
const CHECKS_IN_ORDER: readonly (readonly Check[])[] = TYPES.map((type) => {
  const checks: Readonly<Record<string, Check>> = CHECKS[type]
  return ROWS[type].map((field) => checks[field] ?? (() => false))
})

/** What is wrong with a row, in words; undefined: nothing. `lists`: how many its frame has. */
export function rowProblem(row: unknown, lists: number): string | undefined {
  if (!Array.isArray(row)) return 'it is no row'
  const type = typeof row[0] === 'number' ? TYPES[row[0]] : undefined
  const checks = typeof row[0] === 'number' ? CHECKS_IN_ORDER[row[0]] : undefined
  if (type === undefined || checks === undefined) return 'its type is none that there is'
  if (row.length !== checks.length + 2) return `a row of ${type} has another number of fields`
  if (!isMicroseconds(row[1])) return `the time of ${type} is none`
  for (let index = 0; index < checks.length; index++) {
    if (checks[index]?.(row[index + 2]) !== true) {
      return `the field “${ROWS[type][index]}” of ${type} has a value that it cannot have`
    }
  }
  if (type === 'decision.made' && row[5] >= lists) return 'its candidates are on no list'
  return undefined
}
