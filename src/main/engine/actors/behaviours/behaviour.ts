// What a way to fail does with one message. To add one: a file here, its line in registry.ts, and its option in
// shared/settings/features/behaviour.ts.
import type { ProtocolId } from '../../../../shared/ids'
import type { ClientMessage } from '../../../../shared/protocol/message'

export interface Asked {
  readonly message: ClientMessage
  readonly server: ProtocolId
  /** The setting's delay. */
  readonly ms: number
  /** The bytes of an answer with this hash. */
  readonly answer: (hash: string) => Uint8Array
}

/** Makes the bytes that it sends of the hash that its work has yielded: the right one, or what a person has typed. */
type BytesOf = (hash: string) => Uint8Array

/** How a failing server reacts to a message. */
export type Reaction =
  /** It answers these bytes once its work is done, and so much later. */
  | { do: 'answer'; kind: 2 | 'error'; bytes: BytesOf; laterMs?: number }
  /** It sends these bytes once its work is done, then closes, or resets the connection. */
  | { do: 'breakOff'; bytes: BytesOf; by: 'closing' | 'resetting' }
  /** It closes the connection at once. */
  | { do: 'close' }
  /** It never answers. */
  | { do: 'nothing' }
  /** The whole server stops: nothing listens, all its connections close. It starts again later, or never if that is 0. */
  | { do: 'crash'; startsAgainMs: number }

export type Behaviour = (asked: Asked) => Reaction

/** The first half of a message, which is at least one byte. */
export function halfOf(bytes: Uint8Array): Uint8Array {
  return bytes.subarray(0, Math.ceil(bytes.length / 2))
}
