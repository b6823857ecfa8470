// One page of a viewer over a WebSocket. It always gets the newest of each kind: a page that does not read costs
// the space of one message of each kind, and waits for nobody. A page that says what is not in viewer-line.ts, or too much,
// is cut off.
import * as v from 'valibot'
import type { RawData, WebSocket } from 'ws'
import {
  JOIN_LIMIT_MS,
  MAX_UNREAD_VIEWER_BYTES,
  VIEWER_MESSAGES,
  VIEWER_SILENCE_MS,
} from '../../shared/limits'
import {
  CUT_OFF,
  ENDED,
  type RoomMessage,
  type ViewerMessage,
  viewerMessage,
} from '../../shared/room/viewer-line'
import { TokenBucket } from '../token-bucket'

type Kind = RoomMessage['kind']

interface SocketOptions {
  socket: WebSocket
  /** Gets each message that is well-formed. */
  take(message: ViewerMessage): void
  closed(): void
  warn(text: string): void
  now?: (() => number) | undefined
}

export class ViewerSocket {
  /** By kind, the newest message that has not been sent yet. */
  private readonly unsent = new Map<Kind, Buffer>()
  private readonly messages: TokenBucket
  private readonly now: () => number
  private readonly joinLimit: NodeJS.Timeout
  private heardAtMs: number
  /** The number of the picture of the lab that it was sent last. */
  labSent = 0

  constructor(private readonly options: SocketOptions) {
    const { socket, closed, warn, now = () => performance.now() } = options
    this.now = now
    this.heardAtMs = now()
    this.messages = new TokenBucket(VIEWER_MESSAGES, now)
    this.joinLimit = setTimeout(() => this.cutOff('It did not join.'), JOIN_LIMIT_MS)
    socket.on('message', (data, isBinary) => this.receive(data, isBinary))
    for (const event of ['ping', 'pong'] as const) {
      socket.on(event, () => {
        this.heardAtMs = this.now()
        if (!this.messages.take()) return this.cutOff('It sent too many signs of life.')
        if (event === 'ping' && socket.readyState === socket.OPEN) socket.pong()
      })
    }
    socket.on('close', () => {
      clearTimeout(this.joinLimit)
      closed()
    })
    // `ws` closes the connection itself after an error (a message too long, bad framing).
    socket.on('error', (error) => warn(`A viewer was cut off: ${error.message}`))
  }

  joined(): void {
    clearTimeout(this.joinLimit)
  }

  tell(message: RoomMessage): void {
    this.offer(message.kind, Buffer.from(JSON.stringify(message)))
  }

  /** Sends the message, or keeps it until the page has read what it was sent; a newer one of its kind takes its place. */
  offer(kind: Kind, message: Buffer): void {
    this.unsent.delete(kind)
    this.unsent.set(kind, message)
    this.flush()
  }

  flush(): void {
    const { socket } = this.options
    for (const [kind, message] of this.unsent) {
      if (socket.readyState !== socket.OPEN) return
      if (socket.bufferedAmount > MAX_UNREAD_VIEWER_BYTES) return
      this.unsent.delete(kind)
      socket.send(message, { binary: false })
    }
  }

  /** Gives a sign of life and asks for one; cuts off one who has not given any for long. */
  ping(): void {
    const { socket, warn } = this.options
    if (this.now() - this.heardAtMs > VIEWER_SILENCE_MS) {
      warn('A viewer was cut off. It does not read what it is sent, or is not there any more.')
      // A close frame would wait behind what it has not read.
      socket.terminate()
    } else if (socket.readyState === socket.OPEN) {
      socket.ping()
      this.tell({ kind: 'alive' })
    }
  }

  cutOff(reason: string): void {
    this.options.warn(`A viewer was cut off. ${reason}`)
    this.options.socket.close(CUT_OFF, reason)
  }

  /** The class is over. */
  end(): void {
    this.unsent.clear()
    this.options.socket.close(ENDED, 'The class is over.')
  }

  terminate(): void {
    this.options.socket.terminate()
  }

  private receive(data: RawData, isBinary: boolean): void {
    const { socket, take } = this.options
    if (socket.readyState !== socket.OPEN) return
    this.heardAtMs = this.now()
    const isTooMuch = !this.messages.take()
    const message = isBinary || isTooMuch ? undefined : parsed((data as Buffer).toString())
    if (message !== undefined) take(message)
    else if (isTooMuch) this.cutOff('It sent too many messages.')
    else this.cutOff('It sent what is no message of a viewer.')
  }
}

function parsed(text: string): ViewerMessage | undefined {
  const result = v.safeParse(v.pipe(v.string(), v.parseJson(), viewerMessage), text, {
    abortEarly: true,
  })
  return result.success ? result.output : undefined
}
