// For tests: bytes as the message that they are.
import type { Message } from '../../../shared/protocol/message'
import { MessageScanner } from '../../../shared/protocol/scanner'

export function parse(bytes: Uint8Array): Message {
  const [item] = new MessageScanner().push(bytes)
  if (item?.kind !== 'message') throw new Error('The bytes are no message.')
  return item.message
}
