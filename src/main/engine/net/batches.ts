// Sockets that have read something, or have bytes to write, get their turn together. In one turn of its loop, Node accepts one
// connection only: with a new connection for each message, a turn has one message, one answer and one end. To go through all
// of the proxy's code and the system's for each of these by itself takes half as long again as for eight together (measured:
// docs/what-was-tried.md), and a program that waits at the other end is woken eight times.

/** A connection. */
interface Member {
  /** Hands on what has come. */
  takeIn(): void
  /** Passes the written bytes to the socket. */
  flush(): void
}

/** A batch waits for more while more comes in, for this many turns of the event loop, each of a fraction of a millisecond. */
const MOST_TURNS = 16
/** A batch that has this many connections does not wait for more. */
const MOST_CONNECTIONS = 32

export class Batches {
  /** With something to hand on, each of them once. */
  private readonly reading: Member[] = []
  private writing: Member[] = []
  private isTakingIn = false
  private turns = 0
  /** How many of `reading` there were in the turn before. */
  private before = 0

  /** Something has come. Called again only after `takeIn`. */
  hasRead(member: Member): void {
    if (this.reading.length === 0 && !this.isTakingIn) setImmediate(this.takeTurn)
    this.reading.push(member)
  }

  /** Bytes are to be written, at the end of the batch that has caused them, else of this turn. Called again only after `flush`. */
  hasWritten(member: Member): void {
    if (this.writing.length === 0 && !this.isTakingIn) setImmediate(this.flush)
    this.writing.push(member)
  }

  private readonly takeTurn = (): void => {
    const { length } = this.reading
    const isGrowing = length > this.before && length < MOST_CONNECTIONS
    this.before = length
    if (isGrowing && ++this.turns < MOST_TURNS) setImmediate(this.takeTurn)
    else this.takeIn()
  }

  private takeIn(): void {
    this.turns = 0
    this.before = 0
    this.isTakingIn = true
    try {
      for (let next = this.reading.shift(); next; next = this.reading.shift()) next.takeIn()
    } finally {
      this.isTakingIn = false
      // One that throws keeps nobody else from its turn.
      if (this.reading.length > 0) setImmediate(this.takeTurn)
      this.flush()
    }
  }

  private readonly flush = (): void => {
    const { writing } = this
    this.writing = []
    for (const member of writing) member.flush()
  }
}
