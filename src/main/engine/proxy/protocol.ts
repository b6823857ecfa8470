// What goes into the proxy's core and what comes out: inputs are what happened, effects are what to do.
import type { AlgorithmName } from '../../../shared/decision/reason'
import type { EventBody, PacketKind } from '../../../shared/events'
import type { ConnectionId, ExchangeId, NodeId, ProtocolId, SimMs } from '../../../shared/ids'
import type { ErrorCode, Fault } from '../../../shared/protocol/errors'
import type { Message } from '../../../shared/protocol/message'
import type { Random } from '../clock/random'

/** A connection that the core asked for, numbered by the core. */
export type UpstreamId = number
export type TimerId = number

/** connect: for a dial; reply: for an answer; retry: before the next dial of a server that does not listen yet. */
export type TimerPurpose = 'connect' | 'reply' | 'retry'

/** What comes in with every input, so that the same inputs always have the same effects. */
export interface Given {
  readonly now: SimMs
  readonly random: Random
}

export type Input =
  | {
      type: 'clientMessage'
      client: ConnectionId
      exchange: ExchangeId
      message: Message
      /** As received: forwarded as they are. */
      bytes: Uint8Array
      /** The peer's, for the table. */
      address: string
      node: NodeId
    }
  | {
      type: 'clientFault'
      client: ConnectionId
      /** That of a question which was edited into this; else 0. */
      exchange: ExchangeId
      fault: Fault
      bytes: Uint8Array
      /** Nothing more can be read from this connection. */
      fatal: boolean
    }
  | { type: 'clientClosed'; client: ConnectionId }
  | { type: 'upstreamOpened'; upstream: UpstreamId }
  | { type: 'upstreamRefused'; upstream: UpstreamId; message: string }
  /** The link has handed the question over: from now on the server has it. */
  | { type: 'forwarded'; upstream: UpstreamId; exchange: ExchangeId }
  | { type: 'upstreamMessage'; upstream: UpstreamId; message: Message; bytes: Uint8Array }
  | { type: 'upstreamFault'; upstream: UpstreamId; fault: Fault }
  | { type: 'upstreamClosed'; upstream: UpstreamId }
  | { type: 'timeUp'; timer: TimerId }
  /** Of the server with this id, where it is still this node: another program may have registered the id since. */
  | { type: 'serverRemoved'; server: ProtocolId; node: NodeId }
  | { type: 'algorithmSet'; policy: ProtocolId; algorithm: AlgorithmName }
  | { type: 'keepConnectionSet'; server: ProtocolId; node: NodeId; keep: boolean }

export type Effect =
  | { type: 'dial'; upstream: UpstreamId; node: NodeId; address: string; port: number }
  | { type: 'forward'; upstream: UpstreamId; exchange: ExchangeId; bytes: Uint8Array }
  /** `reason`: why what is still on the way is lost. */
  | { type: 'hangUp'; upstream: UpstreamId; reason: ErrorCode }
  | {
      /** Answers come in the order of the questions of each client. */
      type: 'answer'
      client: ConnectionId
      exchange: ExchangeId
      kind: PacketKind
      bytes: Uint8Array
      /** What it says; null where it carries an error. */
      payload: string | null
      /** Who gave it; null where the proxy itself did. */
      server: ProtocolId | null
      reason: ErrorCode | null
    }
  /** A registration is in the table: it has no answer. */
  | { type: 'registered'; client: ConnectionId }
  /** After what was answered. */
  | { type: 'closeClient'; client: ConnectionId }
  /** `exchange`: whose answer is waited for; 0 where it is for something else. */
  | { type: 'startTimer'; timer: TimerId; purpose: TimerPurpose; exchange: ExchangeId }
  | { type: 'stopTimer'; timer: TimerId }
  | { type: 'report'; event: EventBody }
