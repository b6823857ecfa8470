// The shapes in events: a node, a row of the switching table, a breakpoint. event-table.ts says how to add a field.
import type { Bookmark } from '../bookmark'
import type { ComparedSettings } from '../compare/settings'
import type { KeysMoved, Others } from '../decision/others'
import type {
  DrawnCost,
  LoadView,
  PassedOver,
  Reason,
  RingPoint,
  SmoothView,
} from '../decision/reason'
import type { Breakpoint, Change, Node, NodePlace, PacketKind, Piece, Row } from '../events'
import { FOREIGN_KINDS, type ForeignProxy, type SeenChoice } from '../foreign-proxy'
import { HAND_OUTCOMES } from '../hand-outcome'
import type { Harm, LinkFault } from '../link-fault'
import { ERRORS, type ErrorCode } from '../protocol/errors'
import { CLIENT_SETTINGS } from '../settings/client'
import { FAULT_SETTINGS } from '../settings/fault'
import { LINK_SETTINGS } from '../settings/link'
import { POOL_SETTINGS } from '../settings/pool'
import { COMPARED_SERVER_SETTINGS, SERVER_SETTINGS } from '../settings/server'
import { UNKNOWN } from '../settings/setting'
import type { LinkSettings, PoolSettings } from '../state/state'
import {
  added,
  amount,
  constant,
  type FieldsOf,
  finite,
  flag,
  listOf,
  oneOf,
  optional,
  or,
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
export const checkWay = oneOf('way of a check', ['connect', 'message', 'unknown'], 'unknown')
export const socketFact = oneOf(
  'socket fact',
  ['reset', 'refused', 'listens', 'after answer', 'answers newline', 'answers end', 'unknown'],
  'unknown',
)
export const verdict = oneOf('verdict', ['correct', 'wrong', 'error'])
export const handOutcome = oneOf('outcome by hand', HAND_OUTCOMES, UNKNOWN)
export const logLevel = oneOf('log level', ['info', 'warning', 'error'], 'info')

export const nodeFields: FieldsOf<Node> = {
  id: text,
  role: oneOf('role', ['proxy', 'server', 'client', 'unknown'], 'unknown'),
  origin: oneOf('origin', ['inside', 'outside'], 'outside'),
  protocolId: optional(text),
  policy: optional(text),
  group: optional(text),
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
  cause: optional(
    oneOf('cause', ['failures', 'checks', 'errors', 'ejected', 'breaker', 'unknown'], 'unknown'),
  ),
  until: optional(amount),
  trial: optional(flag),
  streak: optional(whole),
  streakOf: optional(whole),
  weightPercent: optional(whole),
  limit: optional(whole),
}

export const foreignProxyFields: FieldsOf<ForeignProxy> = {
  name: text,
  kind: oneOf('kind of proxy', [...FOREIGN_KINDS, 'checked', 'check', UNKNOWN], UNKNOWN),
  host: text,
  port,
  takesRegistrations: flag,
}

export const foreignProxy = shape<ForeignProxy>('foreign proxy', foreignProxyFields)

export const seenChoiceFields: FieldsOf<SeenChoice> = {
  exchange: whole,
  attempt: whole,
  policy: text,
  server: text,
  expected: or(null, text),
}

export const node = shape<Node>('node', nodeFields)
export const row = shape<Row>('row', rowFields)

export const breakpoint = shape<Breakpoint>('breakpoint', {
  id: whole,
  filter: text,
  once: flag,
  enabled: flag,
})

export const bookmark = shape<Bookmark>('bookmark', {
  id: whole,
  at: amount,
  seq: whole,
  caption: text,
})

export const linkFault = shape<LinkFault>('link fault', {
  id: whole,
  link: text,
  ...fieldsWithDefault(FAULT_SETTINGS),
})

const faultNames = FAULT_SETTINGS.fault.options.map(({ value }) => value)

export const harms = listOf(
  shape<Harm>('harm', {
    fault: oneOf('harm', [...faultNames, UNKNOWN], UNKNOWN),
    ms: amount,
    count: whole,
  }),
)

export const change = shape<Change>('change', { number: whole, label: text })
export const nodePlace = shape<NodePlace>('node place', { node: text, x: finite, y: finite })

export const pieces = listOf(shape<Piece>('piece', { bytes: whole, of: whole, at: amount }))

export const linkFields: FieldsOf<LinkSettings> = fieldsWithDefault(LINK_SETTINGS)
export const poolFields: FieldsOf<PoolSettings> = fieldsWithDefault(POOL_SETTINGS)

export const comparedSettings = listOf(
  shape<ComparedSettings>('compared pools', {
    name: text,
    pools: listOf(
      shape<ComparedSettings['pools'][number]>('compared pool', { policy: text, ...poolFields }),
    ),
    servers: added(
      listOf(
        shape<ComparedSettings['servers'][number]>('compared server', {
          id: text,
          ...optionalFields(COMPARED_SERVER_SETTINGS),
        }),
      ),
      [],
    ),
  }),
)

export const passedOver = listOf(
  shape<PassedOver>('passed over', {
    server: text,
    why: oneOf(
      'why passed over',
      [
        'down',
        'tried',
        'unknown',
        'ejected',
        'failing',
        'draining',
        'full',
        'backup',
        'circuitOpen',
      ],
      'unknown',
    ),
    until: optional(amount),
    limit: optional(whole),
    inFlight: optional(whole),
  }),
)

const smoothViews = listOf(
  shape<SmoothView>('current weight', { server: text, current: finite, effective: amount }),
)
const loadViews = listOf(shape<LoadView>('load', { server: text, inFlight: whole, weight: amount }))
const drawnCosts = listOf(
  shape<DrawnCost>('cost', { server: text, inFlight: whole, costMs: amount }),
)
const ringPoint = shape<RingPoint>('ring point', { server: text, point: whole })
const servers = listOf(text)

export const reason = variantOf<Reason, 'by'>(
  'reason',
  'by',
  {
    'round-robin': shape<ReasonBy<'round-robin'>>('round-robin', {
      by: constant('round-robin'),
      turn: text,
    }),
    'weighted-round-robin': shape<ReasonBy<'weighted-round-robin'>>('weighted-round-robin', {
      by: constant('weighted-round-robin'),
      compared: smoothViews,
      total: amount,
    }),
    'haproxy-round-robin': shape<ReasonBy<'haproxy-round-robin'>>('haproxy-round-robin', {
      by: constant('haproxy-round-robin'),
      position: whole,
      due: whole,
      again: whole,
      weight: whole,
      total: whole,
    }),
    'least-connections': shape<ReasonBy<'least-connections'>>('least-connections', {
      by: constant('least-connections'),
      compared: loadViews,
      tied: whole,
    }),
    'haproxy-least-connections': shape<ReasonBy<'haproxy-least-connections'>>(
      'haproxy-least-connections',
      { by: constant('haproxy-least-connections'), compared: loadViews, tied: whole },
    ),
    random: shape<ReasonBy<'random'>>('random', {
      by: constant('random'),
      drawn: whole,
      weight: optional(amount),
      total: optional(amount),
    }),
    'two-choices': shape<ReasonBy<'two-choices'>>('two-choices', {
      by: constant('two-choices'),
      drawn: loadViews,
    }),
    'least-time': shape<ReasonBy<'least-time'>>('least-time', {
      by: constant('least-time'),
      drawn: drawnCosts,
    }),
    hash: shape<ReasonBy<'hash'>>('hash', {
      by: constant('hash'),
      key: text,
      hash: whole,
      total: whole,
      passed: servers,
      turn: flag,
    }),
    'ring-hash': shape<ReasonBy<'ring-hash'>>('ring-hash', {
      by: constant('ring-hash'),
      key: text,
      hash: whole,
      point: whole,
      passed: servers,
      turn: flag,
    }),
    'haproxy-ring-hash': shape<ReasonBy<'haproxy-ring-hash'>>('haproxy-ring-hash', {
      by: constant('haproxy-ring-hash'),
      key: text,
      hash: whole,
      before: ringPoint,
      after: ringPoint,
    }),
    maglev: shape<ReasonBy<'maglev'>>('maglev', {
      by: constant('maglev'),
      key: text,
      slot: whole,
      size: whole,
    }),
    'same-server': shape<ReasonBy<'same-server'>>('same-server', { by: constant('same-server') }),
    'free-slot': shape<ReasonBy<'free-slot'>>('free-slot', { by: constant('free-slot') }),
    unknown: shape<ReasonBy<'unknown'>>('unknown reason', { by: constant('unknown') }),
  },
  { by: 'unknown' },
)

export const others = shape<Others>('others', { message: whole, chosen: servers })

export const keysMovedFields: FieldsOf<KeysMoved> = {
  gone: servers,
  back: servers,
  keys: whole,
  oneIn: whole,
  moved: whole,
  needless: whole,
}

/** A field of decisions before `passedOver`. */
export const skipped = listOf(
  shape<{ server: string; reason: 'down' }>('skipped', {
    server: text,
    reason: oneOf('why skipped', ['down']),
  }),
)
