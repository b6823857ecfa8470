// The short messages that were read last, in whatever stream. Programs under load send the same message again and again, and
// the proxy, a server and a client read the same bytes: to compare these takes a fifth of the time of reading them anew.
// Messages are never changed after they were read, so that all who got these bytes can share one.
import type { Message } from './message'

const MOST_BYTES = 256
/** More than a few dozen clients and servers send at a time. */
const PLACES = 512

/**
 * To look for a message and to keep it take a quarter of the time of reading it. So where fewer than a quarter of so many
 * messages were found, the next ones are not looked for.
 */
const TRIAL = 256
const LEAST_FOUND = TRIAL / 4
const PAUSE = 16_384

interface Recent {
  readonly text: string
  readonly message: Message
}

export class RecentMessages {
  /** Each message has one place, which it may have to leave to another one. */
  private readonly places: (Recent | undefined)[] = Array.from({ length: PLACES })
  private soughtPlace: number | undefined
  private sought = 0
  private found = 0
  /** How many are not looked for. */
  private paused = 0

  /** Returns the message that these bytes are, if they were read recently. */
  find(bytes: Uint8Array): Message | undefined {
    this.soughtPlace = undefined
    if (bytes.length > MOST_BYTES) return undefined
    if (this.paused > 0) {
      this.paused--
      return undefined
    }
    this.soughtPlace = placeOf(bytes)
    const recent = this.places[this.soughtPlace]
    const isFound = recent !== undefined && isText(bytes, recent.text)
    this.count(isFound)
    return isFound ? recent.message : undefined
  }

  /** Keeps the message that was not found just now. `text`: its bytes, decoded. */
  add(text: string, message: Message): void {
    if (this.soughtPlace !== undefined) this.places[this.soughtPlace] = { text, message }
  }

  private count(isFound: boolean): void {
    if (isFound) this.found++
    if (++this.sought < TRIAL) return
    if (this.found < LEAST_FOUND) this.paused = PAUSE
    this.sought = 0
    this.found = 0
  }
}

function placeOf(bytes: Uint8Array): number {
  let mixed = bytes.length
  for (let index = 0; index < bytes.length; index++) {
    mixed = (Math.imul(mixed, 31) + (bytes[index] ?? 0)) | 0
  }
  return (mixed ^ (mixed >>> 16)) & (PLACES - 1)
}

/** Only for text that is ASCII alone; other text is longer or shorter than its bytes, or differs from them. */
function isText(bytes: Uint8Array, text: string): boolean {
  if (text.length !== bytes.length) return false
  for (let index = 0; index < bytes.length; index++) {
    if (text.charCodeAt(index) !== bytes[index]) return false
  }
  return true
}
