// Keeps the making of sockets cheap. Node's `Socket` copies the options that it is given and adds three properties to the
// copy. V8 copies objects of up to four kinds in one go, and remembers no hidden class of what is added to such a copy: each
// socket gets new ones, for which all code that reads the options looks them up anew. That takes 9 µs, of 10 for the whole
// socket (measured: docs/what-was-tried.md). Options of a fifth kind make V8 copy property by property from then on, and all
// copies share their hidden classes.
import net from 'node:net'

/** More than four. */
const KINDS = 8
/** V8 learns nothing from the first few sockets, and forgets what it has learnt where none is made for long. */
const SOCKETS = 256

export class VariedOptions {
  private made = 0

  /** A socket has been made. Now and then makes a few others, each with an option that no other has: nothing opens them. */
  socketMade(): void {
    if (++this.made % SOCKETS !== 0) return
    for (let kind = 0; kind < KINDS; kind++) new net.Socket(optionsOfKind(kind))
  }
}

function optionsOfKind(kind: number): net.SocketConstructorOpts {
  return { allowHalfOpen: true, [`kind${kind}`]: true }
}
