// The worker's side: answers requests about a recording, short ones also during long ones.

import { errorText } from '../../../../shared/error-text'
import { encodeEvents, encodeSnapshot } from '../../../../shared/feed/frame'
import { PACKET_HISTORY_BYTES, PAST_PACKETS } from '../../../../shared/limits'
import type { Helpers } from '../../../../shared/recording/helpers'
import { ownBytes } from '../../../../shared/recording/own-bytes'
import { RecordingReader, type WorkStep } from '../../../../shared/recording/reader'
import type { Packet } from '../../../../shared/state/state'
import type { FromHistory, Reply, RequestName, ToHistory } from './protocol'

/** A file is built in parts of at least this many bytes. */
const BLOB_BYTES = 8 * 1024 * 1024

/** The limits on packets in a state of the past. */
const PAST = { packets: PAST_PACKETS, bytes: PACKET_HISTORY_BYTES }

type Request = Exclude<ToHistory, { what: 'cancel' }>

/** A reply, with the objects in it that are moved to the window rather than copied. */
interface Ready {
  reply: Reply<RequestName>
  moved?: Transferable[]
}

export class HistoryService {
  private readonly reader: RecordingReader
  private readonly unwanted = new Set<number>()
  private readonly underWay = new Set<number>()

  constructor(
    private readonly post: (message: FromHistory, moved: Transferable[]) => void,
    helpers?: Helpers,
  ) {
    this.reader = new RecordingReader(helpers)
  }

  async handle(message: ToHistory): Promise<void> {
    const { id } = message
    if (message.what === 'cancel') {
      if (this.underWay.has(id)) this.unwanted.add(id)
      return
    }
    this.underWay.add(id)
    try {
      const { reply, moved = [] } = await this.reply(message, this.stepOf(id))
      this.post({ id, kind: 'reply', reply }, moved)
    } catch (error) {
      const text = errorText(error)
      this.post({ id, kind: 'failed', message: text }, [])
    }
    this.underWay.delete(id)
    this.unwanted.delete(id)
  }

  private async reply(request: Request, step: WorkStep): Promise<Ready> {
    const { reader } = this
    switch (request.what) {
      case 'append':
        return { reply: await reader.append(request.bytes, step) }
      case 'open':
        return { reply: await reader.open(await bytesOf(request.file), step) }
      case 'clear':
        await reader.clear()
        return { reply: reader.extent }
      case 'seek': {
        const state = await reader.seek(request.moment)
        return moving(encodeSnapshot(0, state.at, state, 0, PAST))
      }
      case 'events': {
        const events = await reader.events(request.afterSeq, request.count)
        return moving(encodeEvents(0, events.at(-1)?.at ?? 0, events))
      }
      case 'packets':
        return { reply: apart(await reader.packets(request.ids, request.asOf)) }
      case 'exchange':
        return { reply: apart(await reader.exchange(request.exchange, request.asOf)) }
      case 'find':
        return moving(await reader.find(request.query, step))
      case 'recording':
        return { reply: new Blob(reader.recording().map(ownBytes)) }
      case 'capture':
        return { reply: await this.capture(step) }
    }
  }

  private async capture(step: WorkStep): Promise<Blob> {
    const blobs: Blob[] = []
    let parts: Uint8Array<ArrayBuffer>[] = []
    let bytes = 0
    for await (const part of this.reader.capture(step)) {
      parts.push(ownBytes(part))
      bytes += part.length
      if (bytes < BLOB_BYTES) continue
      // The browser keeps a blob's bytes, on disk if they are many.
      blobs.push(new Blob(parts))
      parts = []
      bytes = 0
    }
    return new Blob([...blobs, ...parts])
  }

  private stepOf(id: number): WorkStep {
    return async (done) => {
      this.post({ id, kind: 'progress', done }, [])
      await turnOfOthers()
      if (this.unwanted.has(id)) throw new Error('It was called off.')
    }
  }
}

/** Lets waiting messages be handled first. A timer would take four milliseconds each time. */
function turnOfOthers(): Promise<void> {
  return new Promise((resolve) => {
    const { port1, port2 } = new MessageChannel()
    port1.onmessage = () => {
      port1.close()
      resolve()
    }
    port2.postMessage(null)
  })
}

async function bytesOf(file: Blob): Promise<Uint8Array> {
  try {
    return new Uint8Array(await file.arrayBuffer())
  } catch {
    throw new Error('It cannot be read: it was moved, changed or is kept from being read.')
  }
}

function moving(reply: Uint8Array<ArrayBuffer> | Uint32Array<ArrayBuffer>): Ready {
  return { reply, moved: [reply.buffer] }
}

/** Gives each packet its own buffer, since copying a view would copy its whole buffer. */
function apart(packets: readonly Packet[]): Packet[] {
  return packets.map((packet) => ({
    ...packet,
    bytes: packet.bytes.slice(),
    original: packet.original?.slice(),
  }))
}
