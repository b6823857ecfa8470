// The writes and reads of a message, in words. A message is not a read: TCP carries a stream, and a read returns a part
// of a message, or parts of several.

import type { Range } from '../../../shared/diagnosis/field-ranges'
import { isOutsideNode } from '../../../shared/filter/nodes'
import { counted, formatBytes } from '../../../shared/format'
import type { NodeId, SimMs } from '../../../shared/ids'
import type { Packet } from '../../../shared/state/state'

export interface Read {
  /** The message's bytes in it. */
  range: Range
  at: SimMs
  /** `20 bytes`, `20 bytes of a read of 138`. */
  text: string
}

interface Reads {
  /** `69 bytes, 1 write, read in 3 pieces`. */
  title: string
  /** Further explanation, as a sentence. */
  remark: string | undefined
  /** In order; empty if one read says it all. */
  reads: readonly Read[]
}

type Travelled = Pick<
  Packet,
  'from' | 'to' | 'bytes' | 'original' | 'pieces' | 'status' | 'sentAt' | 'endedAt'
>

/** `isOutside`: whether the node is a program whose own reads and writes are not seen. */
export function readsOf(
  packet: Travelled,
  isOutside: (node: NodeId) => boolean = isOutsideNode,
): Reads {
  const fromOutside = isOutside(packet.from)
  const toOutside = isOutside(packet.to)
  const size = formatBytes(packet.bytes.length)
  if (fromOutside) {
    const reads = readsIn(packet, (packet.original ?? packet.bytes).length, packet.sentAt)
    const remark = packet.original
      ? `The program sent ${formatBytes(packet.original.length)}; they were edited on their way.`
      : undefined
    return { title: `${size}, ${piecesWords(reads)}`, remark, reads }
  }
  if (packet.status === 'flying') {
    return { title: `${size}, not written to the socket yet`, remark: undefined, reads: [] }
  }
  if (packet.status === 'unknown') return { title: size, remark: undefined, reads: [] }
  if (packet.status === 'dropped') return { title: `${size}, lost`, remark: undefined, reads: [] }
  if (toOutside) {
    const remark = 'In which pieces an outside program reads them cannot be seen from here.'
    // Of the homework check, which may write a message in several pieces.
    const writes = packet.pieces ? readsIn(packet, packet.bytes.length, packet.sentAt) : []
    return { title: `${size}, ${counted(writes.length || 1, 'write')}`, remark, reads: writes }
  }
  const reads = readsIn(packet, packet.bytes.length, packet.endedAt ?? packet.sentAt)
  return { title: `${size}, 1 write, ${piecesWords(reads)}`, remark: undefined, reads }
}

/** Without pieces, the message was one read, at `at`, with nothing else in it. */
function readsIn({ pieces }: Travelled, length: number, at: SimMs): Read[] {
  let from = 0
  return (pieces ?? [{ bytes: length, of: length, at }]).map((piece) => {
    const range = { from, to: from + piece.bytes }
    from = range.to
    const own = formatBytes(piece.bytes)
    const text = piece.of > piece.bytes ? `${own} of a read of ${formatBytes(piece.of)}` : own
    return { range, at: piece.at, text }
  })
}

function piecesWords(reads: readonly Read[]): string {
  return `read in ${counted(reads.length, 'piece')}`
}
