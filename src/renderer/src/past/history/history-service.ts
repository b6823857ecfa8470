// The worker's side: answers questions about a recording, and lets others have their turn while long ones are worked on.
import { encodeEvents, encodeSnapshot } from '../../../../shared/feed/frame'
import { PACKET_HISTORY_BYTES, PAST_PACKETS } from '../../../../shared/limits'
import { ownBytes } from '../../../../shared/recording/own-bytes'
import { RecordingReader, type Step } from '../../../../shared/recording/reader'
import type { Packet } from '../../../../shared/state/state'
import { wordsOf } from '../../../../shared/words-of'
import type { Answer, FromHistory, ToHistory, What } from './protocol'

/** Parts of a file that is made are handed on when they have come to this many bytes. */
const BLOB_BYTES = 8 * 1024 * 1024

/** What a state of the past has with it. */
const PAST = { packets: PAST_PACKETS, bytes: PACKET_HISTORY_BYTES }

type Question = Exclude<ToHistory, { what: 'cancel' }>

/** An answer, and what of it moves to the window instead of being copied. */
interface Ready {
  answer: Answer<What>
  moved?: Transferable[]
}

export class Answering {
  private readonly reader = new RecordingReader()
  private readonly unwanted = new Set<number>()
  private readonly underWay = new Set<number>()

  constructor(private readonly post: (message: FromHistory, moved: Transferable[]) => void) {}

  async take(message: ToHistory): Promise<void> {
    const { id } = message
    if (message.what === 'cancel') {
      if (this.underWay.has(id)) this.unwanted.add(id)
      return
    }
    this.underWay.add(id)
    try {
      const { answer, moved = [] } = await this.answer(message, this.stepOf(id))
      this.post({ id, kind: 'answer', answer }, moved)
    } catch (error) {
      const text = wordsOf(error)
      this.post({ id, kind: 'failed', message: text }, [])
    }
    this.underWay.delete(id)
    this.unwanted.delete(id)
  }

  private async answer(question: Question, step: Step): Promise<Ready> {
    const { reader } = this
    switch (question.what) {
      case 'append':
        return { answer: await reader.append(question.bytes, step) }
      case 'open':
        return { answer: await reader.open(await bytesOf(question.file), step) }
      case 'clear':
        await reader.clear()
        return { answer: reader.extent }
      case 'seek': {
        const state = await reader.seek(question.moment)
        return moving(encodeSnapshot(0, state.at, state, 0, PAST))
      }
      case 'events': {
        const events = await reader.events(question.afterSeq, question.count)
        return moving(encodeEvents(0, events.at(-1)?.at ?? 0, events))
      }
      case 'packets':
        return { answer: apart(await reader.packets(question.ids, question.asOf)) }
      case 'exchange':
        return { answer: apart(await reader.exchange(question.exchange, question.asOf)) }
      case 'find':
        return moving(await reader.find(question.query, step))
      case 'recording':
        return { answer: new Blob(reader.recording().map(ownBytes)) }
      case 'capture':
        return { answer: await this.capture(step) }
    }
  }

  private async capture(step: Step): Promise<Blob> {
    const blobs: Blob[] = []
    let parts: Uint8Array<ArrayBuffer>[] = []
    let bytes = 0
    for await (const part of this.reader.capture(step)) {
      parts.push(ownBytes(part))
      bytes += part.length
      if (bytes < BLOB_BYTES) continue
      // A blob's bytes are the browser's to keep, on disk where they are many.
      blobs.push(new Blob(parts))
      parts = []
      bytes = 0
    }
    return new Blob([...blobs, ...parts])
  }

  private stepOf(id: number): Step {
    return async (done) => {
      this.post({ id, kind: 'progress', done }, [])
      await turnOfOthers()
      if (this.unwanted.has(id)) throw new Error('It was called off.')
    }
  }
}

/** Messages that have come are taken first. A timer would wait for four milliseconds each time. */
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

function moving(answer: Uint8Array<ArrayBuffer> | Uint32Array<ArrayBuffer>): Ready {
  return { answer, moved: [answer.buffer] }
}

/** Each with bytes of its own: a view is copied with all that it is a view of. */
function apart(packets: readonly Packet[]): Packet[] {
  return packets.map((packet) => ({
    ...packet,
    bytes: packet.bytes.slice(),
    original: packet.original?.slice(),
  }))
}
