// What goes into the proxy's core and what comes out: inputs are what happened, effects are what to do.
import type { PortOwner } from '../../../shared/diagnosis/registration-notes'
import type { AwaitedEnd } from '../../../shared/diagnosis/waiting'
import type { EventBody, PacketKind, Row } from '../../../shared/events'
import type {
  CheckId,
  ConnectionId,
  ExchangeId,
  NodeId,
  ProtocolId,
  SimMs,
} from '../../../shared/ids'
import type { ErrorCode, Fault } from '../../../shared/protocol/errors'
import type { Message } from '../../../shared/protocol/message'
import type { PoolValues } from '../../../shared/settings/pool'
import type { DecisionWatch } from '../pools/watch'
import type { ServerSettings } from './table'

/** A connection to a server, numbered by the core. */
export type UpstreamId = number
export type TimerId = number

/**
 * connect: limits a dial; reply: limits an answer; retry: the wait before a server is dialled again; probe: limits the
 * answer to a probe; queue: limits the wait in a queue; backoff: the wait before a message is tried again; tick: something
 * is due in a pool without a message; check: the wait before a server's next health check.
 */
export type TimerPurpose =
  | 'connect'
  | 'reply'
  | 'retry'
  | 'probe'
  | 'queue'
  | 'backoff'
  | 'tick'
  | 'check'

/** Whom a server stands in front of: the first of these that is there. */
export interface KeptTurn {
  /** In the table. */
  readonly rows: readonly ProtocolId[]
  /** In the order of its policy's turns. */
  readonly turns: readonly ProtocolId[]
}

export type Input =
  /** Comes before every other input of this client. */
  | { type: 'clientOpened'; client: ConnectionId }
  | {
      type: 'clientMessage'
      client: ConnectionId
      exchange: ExchangeId
      message: Message
      /** As received; they are forwarded unchanged. */
      bytes: Uint8Array
      /** The peer's address, for the table. */
      address: string
      node: NodeId
      /** Whose port a registration names, if it is the app's own. */
      portOwner: PortOwner | undefined
      /** Why a machine of the room may not register this. */
      refusal?: Fault | undefined
    }
  | {
      type: 'clientFault'
      client: ConnectionId
      /** The exchange of a message that was edited into these bytes; else 0. */
      exchange: ExchangeId
      fault: Fault
      bytes: Uint8Array
      /** Nothing more can be read from this connection. */
      fatal: boolean
    }
  /** The last input of this client. */
  | { type: 'clientClosed'; client: ConnectionId }
  | { type: 'upstreamOpened'; upstream: UpstreamId }
  /** `isRefusal`: nothing listens there. Else it could not be reached. */
  | { type: 'upstreamRefused'; upstream: UpstreamId; message: string; isRefusal: boolean }
  /** The link has written the message: from now on the server has it. */
  | { type: 'forwarded'; upstream: UpstreamId; exchange: ExchangeId }
  | { type: 'upstreamMessage'; upstream: UpstreamId; message: Message; bytes: Uint8Array }
  | { type: 'upstreamFault'; upstream: UpstreamId; fault: Fault }
  | { type: 'upstreamClosed'; upstream: UpstreamId }
  | { type: 'timeUp'; timer: TimerId }
  /** Its settings are forgotten, and the servers that it has registered leave. It may be in no row of the table. */
  | { type: 'nodeRemoved'; node: NodeId }
  /** The chance of every policy begins anew. */
  | { type: 'seedSet'; seed: number }
  /**
   * Another program takes the proxy's place: whoever comes here is refused with this sentence, nobody is checked, and nobody's
   * turn is next. Messages that are here already come to their end. Undefined: the proxy is back.
   */
  | { type: 'steppedAside'; refusal: string | undefined }
  /** What screens look at, by policy. */
  | { type: 'watched'; policies: ReadonlyMap<ProtocolId, DecisionWatch> }
  /** `detail`: as in the event `check.ended`. */
  | { type: 'checkEnded'; check: CheckId; passed: boolean; detail: string }
  | { type: 'poolConfigured'; policy: ProtocolId; settings: PoolValues }
  /** The next registration of this node does not go to the end: an undo brings it back. */
  | { type: 'turnKept'; node: NodeId; turn: KeptTurn }
  /** An undo puts the row of an outside server back, whose id nobody has registered meanwhile. */
  | { type: 'serverRestored'; row: Row }
  | { type: 'keepConnectionSet'; server: ProtocolId; node: NodeId; keep: boolean }
  /** For this node’s answers; of what it has, the time begins anew. Undefined: the usual limit. */
  | { type: 'replyLimitSet'; node: NodeId; limitMs: SimMs | undefined }
  | { type: 'serverConfigured'; server: ProtocolId; node: NodeId; settings: ServerSettings }

export type Effect =
  | { type: 'dial'; upstream: UpstreamId; node: NodeId; address: string; port: number }
  | { type: 'forward'; upstream: UpstreamId; exchange: ExchangeId; bytes: Uint8Array }
  /** Gives a silent server what it may wait for: a newline, or the end of the proxy's direction. */
  | { type: 'probe'; upstream: UpstreamId; give: AwaitedEnd }
  /** Nothing listens where a server has registered: the host looks where else it does. */
  | { type: 'seek'; node: NodeId; address: string; port: number }
  /** `reason`: why packets that are still on the links are dropped. */
  | { type: 'hangUp'; upstream: UpstreamId; reason: ErrorCode }
  | {
      /** A client's answers come in the order of its messages. */
      type: 'answer'
      client: ConnectionId
      exchange: ExchangeId
      kind: PacketKind
      bytes: Uint8Array
      /** The answer's payload; null where it carries an error. */
      payload: string | null
      /** The server that answered; null where the proxy itself did. */
      server: ProtocolId | null
      reason: ErrorCode | null
    }
  | {
      /** A health check, within `limitMs` from when it reaches the server. */
      type: 'check'
      check: CheckId
      server: ProtocolId
      node: NodeId
      address: string
      port: number
      /** Undefined: a connection is enough. */
      question: { bytes: Uint8Array; hash: string } | undefined
      limitMs: SimMs
    }
  /** The check ends without a result. */
  | { type: 'endCheck'; check: CheckId }
  /** The registration is in the table. It gets no answer. */
  | { type: 'registered'; client: ConnectionId }
  /** Closes the connection after the answers so far. */
  | { type: 'closeClient'; client: ConnectionId }
  /** `exchange`: the one that waits for an answer; 0 where the timer is for something else. */
  | {
      type: 'startTimer'
      timer: TimerId
      purpose: TimerPurpose
      exchange: ExchangeId
      /** Undefined: the one of the purpose. */
      delayMs: SimMs | undefined
      /** It is a limit on a program outside (clock/real-limit.ts). */
      isOutside: boolean
    }
  | { type: 'stopTimer'; timer: TimerId }
  | { type: 'report'; event: EventBody }
