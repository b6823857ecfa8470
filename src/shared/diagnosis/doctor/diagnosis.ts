// What the socket doctor knows of one outside program, what it observes, and what a diagnosis is. The list:
// docs/socket-doctor.md.
import type { Piece } from '../../events'
import type { ConnectionId, ExchangeId, PacketId, ProtocolId, Role, SimMs } from '../../ids'
import type { ErrorCode } from '../../protocol/errors'
import type { SocketNoted } from '../../socket-noted'
import type { MessageNote } from '../message-notes'

/**
 * stops: the program gets or gives no answers because of it. wrong: some are wrong or lost. fragile: it works here, and
 * will not with another proxy, another day or another network.
 */
export type Gravity = 'stops' | 'wrong' | 'fragile'

export interface Diagnosis {
  /** Stable: it stands in recordings, in JSON and in the document. */
  readonly id: string
  readonly gravity: Gravity
  readonly title: string
  /** Why it is so, in sentences. */
  readonly why: string
  readonly mend: string
  /** A line of each language, where it helps. */
  readonly python?: string
  readonly node?: string
  /** Diagnoses that this one explains: they are not listed beside it. */
  readonly covers?: readonly string[]
  /** A registration over a new connection is a new start of the program, which ends all other findings of before. */
  readonly outlivesStart?: boolean
  /** What is seen of it, if this is it. Pure. */
  seen(observation: Observation, program: SeenProgram): Seen | undefined
}

export interface Seen {
  /** A sentence. */
  readonly text: string
  readonly evidence?: SeenBytes
}

/** Bytes on the wire. */
export interface SeenBytes {
  /** At most MOST_SEEN_BYTES. */
  readonly bytes: Uint8Array
  /** Where they are in the packet. */
  readonly offset?: number
  readonly packet?: PacketId
}

export const MOST_SEEN_BYTES = 48

/** A program that takes part over a socket, at the moment of an observation. */
export interface SeenProgram {
  readonly role: Role
  readonly id: ProtocolId | undefined
  /** Servers: where it registered that it listens. */
  readonly port: number | undefined
  readonly address: string | undefined
  /** Servers: the messages that it has answered since its registration. */
  readonly answers: number
  /** Servers: the connection that it registered on is still open. */
  readonly registrationIsOpen: boolean
  readonly examination: Examination
}

export type Observation =
  /** It has sent this. Of very many, only some are looked at (examinations.ts). */
  | {
      readonly of: 'message'
      readonly packet: PacketId
      readonly bytes: Uint8Array
      readonly notes: readonly MessageNote[]
      /** A message of type 2: its `srcid`. */
      readonly source: ProtocolId | undefined
    }
  /** It has sent this, for which no message waits. */
  | {
      readonly of: 'unasked'
      readonly packet: PacketId | undefined
      /** The first of them. */
      readonly bytes: Uint8Array
      readonly size: number
    }
  | {
      readonly of: 'pieces'
      readonly packet: PacketId
      readonly pieces: readonly Piece[]
    }
  /** It has dialled the proxy from this port, this many times in a row. */
  | { readonly of: 'dialled'; readonly fromPort: number; readonly inARow: number }
  /** It has accepted a connection, at this address. */
  | { readonly of: 'accepted'; readonly address: string }
  /** A message that it had got whole failed at it. */
  | { readonly of: 'failed'; readonly reason: ErrorCode; readonly question: GotMessage | undefined }
  | { readonly of: 'socket'; readonly fact: SocketNoted }
  /** Its answer has another hash than the payload that it got. */
  | {
      readonly of: 'wrong hash'
      readonly payload: string
      readonly hash: string
      readonly got: string
      /** The payloads of all messages that it has got so far, this one last; undefined if they are not known. */
      readonly soFar: readonly string[] | undefined
      readonly packet: PacketId | undefined
    }
  | { readonly of: 'misaddressed' }

/** A message that a server has got. */
export interface GotMessage {
  readonly exchange: ExchangeId
  readonly packet: PacketId
}

/** A diagnosis of this program, and what was seen last. */
export interface Symptom {
  readonly diagnosis: string
  readonly times: number
  /** When it was seen first, and last. */
  readonly since: SimMs
  readonly at: SimMs
  readonly seen: string
  /** The bytes, in hex; left out if no bytes belong to it. */
  readonly hex?: string
  readonly offset?: number
  readonly packet?: PacketId
  /** The packets that it had sent until then. */
  readonly sent: number
}

/** What is remembered of a program for its diagnoses: all of it is in snapshots of the state. */
export interface Examination {
  readonly symptoms: readonly Symptom[]
  /** Servers: the connection that it registered on, and the packets that it had sent before. */
  readonly registeredOn?: ConnectionId
  readonly sentBefore?: number
  /** The port that it dialled from last, and how many times in a row. */
  readonly fromPort?: number
  readonly inARow?: number
  /** Servers, since that registration: the latest messages that it got, whether there were others, and its answers. */
  readonly got?: readonly GotMessage[]
  readonly gotMore?: boolean
  readonly answers?: number
  readonly accepted?: boolean
  /** Exchanges whose bytes a person or a fault has changed on the way from or to it: not its fault. */
  readonly changed?: readonly ExchangeId[]
  /** While its connections up to this one were open, the lab was paused or slow, or held a message of theirs. */
  readonly disturbedUpTo?: ConnectionId
}

export const NO_EXAMINATION: Examination = { symptoms: [] }
