// The shapes that events carry whole: a node, a row of the switching table, a breakpoint. How to add a field to one
// stands in event-table.ts.
import type { Breakpoint, Node, PacketKind, Piece, Row, Skipped } from '../events'
import { ERRORS, type ErrorCode } from '../protocol/errors'
import { CLIENT_SETTINGS } from '../settings/client'
import { SERVER_SETTINGS } from '../settings/server'
import {
  amount,
  type FieldsOf,
  flag,
  listOf,
  oneOf,
  optional,
  port,
  shape,
  text,
  whole,
} from './field'
import { settingFields } from './setting-fields'

const errorCodes = Object.keys(ERRORS) as ErrorCode[]

export const packetKind = oneOf<PacketKind>('packet kind', [0, 1, 2, 'error'], 'error')
export const errorCode = oneOf<ErrorCode>('error code', errorCodes, 'UNKNOWN')
export const verdict = oneOf('verdict', ['correct', 'wrong', 'error'], 'error')
export const logLevel = oneOf('log level', ['info', 'warning', 'error'], 'info')

export const nodeFields: FieldsOf<Node> = {
  id: text,
  role: oneOf('role', ['proxy', 'server', 'client', 'unknown'], 'unknown'),
  origin: oneOf('origin', ['inside', 'outside'], 'outside'),
  protocolId: optional(text),
  policy: optional(text),
  ...settingFields(CLIENT_SETTINGS),
  ...settingFields(SERVER_SETTINGS),
}

export const rowFields: FieldsOf<Row> = {
  server: text,
  policy: text,
  listenPort: port,
  address: text,
  node: text,
  health: oneOf('health', ['up', 'down'], 'down'),
}

export const node = shape<Node>('node', nodeFields)
export const row = shape<Row>('row', rowFields)

export const breakpoint = shape<Breakpoint>('breakpoint', {
  id: whole,
  filter: text,
  once: flag,
  enabled: flag,
})

export const pieces = listOf(shape<Piece>('piece', { bytes: whole, of: whole, at: amount }))

export const skipped = listOf(
  shape<Skipped>('skipped', { server: text, reason: oneOf('why skipped', ['down'], 'down') }),
)
