// One direction of a connection: from its writes, or reads, to the messages in them.
import type { PacketKind, Piece } from '../../events'
import type { SimMs } from '../../ids'
import type { Message } from '../../protocol/message'
import { MessageScanner, type ScanResult } from '../../protocol/scanner'

/** A message, or bytes that cannot be read as one. */
export interface Crossed {
  readonly bytes: Uint8Array
  readonly kind: PacketKind
  readonly message: Message | undefined
  /** The writes or reads that brought it; undefined if it was one that had nothing else in it. */
  readonly pieces: readonly Piece[] | undefined
}

interface Read {
  readonly from: number
  readonly to: number
  readonly at: SimMs
}

export class MessageStream {
  private readonly scanner = new MessageScanner()
  private readonly reads: Read[] = []
  private length = 0
  /** What follows cannot be read as messages: something before it was no message, or was not kept. */
  private isLost = false

  /** `bytes`: as many as were kept of one write or read of this length. */
  add(bytes: Uint8Array, length: number, at: SimMs): Crossed[] {
    if (this.isLost) return raw(bytes)
    this.reads.push({ from: this.length, to: this.length + bytes.length, at })
    this.length += bytes.length
    const found = this.scanner.push(bytes).map((result) => this.crossed(result))
    if (bytes.length < length) found.push(...this.end())
    return found
  }

  /** What was begun and not finished; nothing can follow. */
  end(): Crossed[] {
    if (this.isLost) return []
    const rest = this.scanner.giveUp()
    this.isLost = true
    return rest === undefined ? [] : [this.crossed(rest)]
  }

  private crossed(result: ScanResult): Crossed {
    const { bytes, end } = result
    const message = result.kind === 'message' ? result.message : undefined
    if (result.kind === 'fault' && result.fatal) this.isLost = true
    const isError = message === undefined || (message.type === 2 && message.error !== undefined)
    return {
      bytes,
      kind: isError ? 'error' : message.type,
      message,
      pieces: this.piecesOf(end - bytes.length, end),
    }
  }

  private piecesOf(from: number, to: number): readonly Piece[] | undefined {
    const pieces = this.reads.flatMap((read): Piece[] => {
      const bytes = Math.min(to, read.to) - Math.max(from, read.from)
      return bytes > 0 ? [{ bytes, of: read.to - read.from, at: read.at }] : []
    })
    const isWhole = pieces.length === 1 && pieces[0]?.of === to - from
    return isWhole || pieces.length === 0 ? undefined : pieces
  }
}

function raw(bytes: Uint8Array): Crossed[] {
  if (bytes.length === 0) return []
  return [{ bytes, kind: 'error', message: undefined, pieces: undefined }]
}
