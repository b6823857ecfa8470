// How a scanned message is drawn: by its type, or as an error.
import type { PacketKind } from '../../../shared/events'
import type { Scanned } from '../../../shared/protocol/scanner'

export function kindOf(item: Scanned): PacketKind {
  if (item.kind === 'fault') return 'error'
  return item.message.type === 2 && item.message.error ? 'error' : item.message.type
}
