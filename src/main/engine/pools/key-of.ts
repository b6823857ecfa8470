// What is a message hashed by? One of its fields, which the pool's setting names.
import type { ClientMessage } from '../../../shared/protocol/message'

const decoder = new TextDecoder()

/** The client's id and the payload are known; any other field is read again. One that is not there is an empty text. */
export function keyOf(
  { source, payload }: Pick<ClientMessage, 'source' | 'payload'>,
  bytes: Uint8Array,
  field: string,
): string {
  if (field === 'srcid') return source
  if (field === 'payload') return payload
  const message: unknown = JSON.parse(decoder.decode(bytes))
  if (typeof message !== 'object' || message === null || !Object.hasOwn(message, field)) return ''
  const value: unknown = Reflect.get(message, field)
  return typeof value === 'string' ? value : JSON.stringify(value)
}
