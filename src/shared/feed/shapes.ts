// The shapes in events: a node, a row of the switching table, a breakpoint. event-table.ts says how to add a field.
import type { PassedOver, Reason } from '../decision/reason'
import type { Breakpoint, Change, Node, NodePlace, PacketKind, Piece, Row } from '../events'
import { ERRORS, type ErrorCode } from '../protocol/errors'
import { CLIENT_SETTINGS } from '../settings/client'
import { LINK_SETTINGS } from '../settings/link'
import { POOL_SETTINGS } from '../settings/pool'
import { SERVER_SETTINGS } from '../settings/server'
import type { LinkSettings, PoolSettings } from '../state/state'
import {
  amount,
  constant,
  type FieldsOf,
  finite,
  flag,
  listOf,
  oneOf,
  optional,
  port,
  shape,
  text,
  variantOf,
  whole,
} from './field'
import { fieldsWithDefault, optionalFields } from './setting-fields'

type ReasonBy<B extends Reason['by']> = Extract<Reason, { by: B }>

const errorCodes = Object.keys(ERRORS) as ErrorCode[]

export const packetKind = oneOf<PacketKind>('packet kind', [0, 1, 2, 'error'], 'error')
export const errorCode = oneOf<ErrorCode>('error code', errorCodes, 'UNKNOWN')
export const verdict = oneOf('verdict', ['correct', 'wrong', 'error'])
export const logLevel = oneOf('log level', ['info', 'warning', 'error'], 'info')

export const nodeFields: FieldsOf<Node> = {
  id: text,
  role: oneOf('role', ['proxy', 'server', 'client', 'unknown'], 'unknown'),
  origin: oneOf('origin', ['inside', 'outside'], 'outside'),
  protocolId: optional(text),
  policy: optional(text),
  ...optionalFields(CLIENT_SETTINGS),
  ...optionalFields(SERVER_SETTINGS),
}

export const rowFields: FieldsOf<Row> = {
  server: text,
  policy: text,
  listenPort: port,
  address: text,
  node: text,
  health: oneOf('health', ['up', 'down', 'unknown'], 'unknown'),
}

export const node = shape<Node>('node', nodeFields)
export const row = shape<Row>('row', rowFields)

export const breakpoint = shape<Breakpoint>('breakpoint', {
  id: whole,
  filter: text,
  once: flag,
  enabled: flag,
})

export const change = shape<Change>('change', { number: whole, label: text })
export const nodePlace = shape<NodePlace>('node place', { node: text, x: finite, y: finite })

export const pieces = listOf(shape<Piece>('piece', { bytes: whole, of: whole, at: amount }))

export const linkFields: FieldsOf<LinkSettings> = fieldsWithDefault(LINK_SETTINGS)
export const poolFields: FieldsOf<PoolSettings> = fieldsWithDefault(POOL_SETTINGS)

export const passedOver = listOf(
  shape<PassedOver>('passed over', {
    server: text,
    why: oneOf('why passed over', ['down', 'tried', 'unknown'], 'unknown'),
  }),
)

export const reason = variantOf<Reason, 'by'>(
  'reason',
  'by',
  {
    'round-robin': shape<ReasonBy<'round-robin'>>('round-robin', {
      by: constant('round-robin'),
      turn: text,
    }),
    random: shape<ReasonBy<'random'>>('random', { by: constant('random'), drawn: whole }),
    unknown: shape<ReasonBy<'unknown'>>('unknown reason', { by: constant('unknown') }),
  },
  { by: 'unknown' },
)

/** A field of decisions before `passedOver`. */
export const skipped = listOf(
  shape<{ server: string; reason: 'down' }>('skipped', {
    server: text,
    reason: oneOf('why skipped', ['down']),
  }),
)
