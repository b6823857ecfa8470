// The sockets with bytes to send. The number of system calls decides the proxy's throughput, so everything that the reads of
// one turn cause to be written leaves as one write per socket.

interface Sender {
  /** Passes the written bytes to the socket. */
  flush(): void
}

export class Outbox {
  private waiting: Sender[] = []

  add(sender: Sender): void {
    if (this.waiting.length === 0) setImmediate(this.flush)
    this.waiting.push(sender)
  }

  private readonly flush = (): void => {
    const senders = this.waiting
    this.waiting = []
    for (const sender of senders) sender.flush()
  }
}
