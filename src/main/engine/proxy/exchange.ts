// A client's message until it has its answer.
import type { ExchangeId, ProtocolId, SimMs } from '../../../shared/ids'
import type { Fault } from '../../../shared/protocol/errors'
import type { ClientMessage } from '../../../shared/protocol/message'
import type { Slot } from './answer-order'
import type { Given } from './given'
import type { TimerId, TimerPurpose } from './protocol'

export interface Exchange {
  readonly id: ExchangeId
  readonly slot: Slot
  readonly message: ClientMessage
  readonly bytes: Uint8Array
  /** What it is hashed by, once that was asked for. */
  key: { readonly field: string; readonly text: string } | undefined
  /** Servers that have been chosen for it so far. */
  attempts: number
  /** The servers of earlier attempts. */
  tried: readonly ProtocolId[]
  /** When the present attempt's server was given the message, before it travelled there. */
  givenAt: SimMs
  /** When the server got the message, and which one it was of all that servers were handed, counted from 1. */
  handedOver: { readonly at: Given; readonly number: number } | undefined
  /** How the last attempt failed, if the message is tried again. */
  failure: Fault | undefined
  /** Set while it waits for a server, or for its next attempt. */
  wait: { readonly since: SimMs; readonly timer: TimerId } | undefined
}

export type ExchangeLimit =
  /** The longest wait in the queue. */
  | { readonly purpose: Extract<TimerPurpose, 'queue'>; readonly exchange: Exchange }
  /** The wait before a retry. `same`: the server that gets it again. */
  | {
      readonly purpose: Extract<TimerPurpose, 'backoff'>
      readonly exchange: Exchange
      readonly failure: Fault
      readonly same: ProtocolId | undefined
    }

/** Its client has left: the answer, if there will be one, is for nobody. */
export function isAbandoned({ slot }: Exchange): boolean {
  return slot.client.left
}

/** The attempt at this server has failed; another one follows. */
export function beginRetry(exchange: Exchange, server: ProtocolId, failure: Fault): void {
  if (!exchange.tried.includes(server)) exchange.tried = [...exchange.tried, server]
  exchange.failure = failure
  exchange.handedOver = undefined
}
