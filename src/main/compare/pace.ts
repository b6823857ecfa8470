// How far each compared lab has got, in memory that their threads share. None runs far ahead of the others, which costs nothing:
// the slowest decides how long the comparison takes. So when the person stops it, all end at the same moment.
import { setTimeout as wait } from 'node:timers/promises'

/** How much simulated time a lab plays at a time. */
export const CHUNK_MS = 1_000
/** A lab waits for the slowest one when it is this part of the whole time ahead, or a chunk. */
const LEAD = 0.01
const WAIT_MS = 1

const END = 0
const FIRST_LAB = 1
/** Stands for a lab that has ended, for which nobody waits. */
const ENDED = -1

export class Pace {
  private readonly numbers: Int32Array

  private constructor(
    readonly memory: SharedArrayBuffer,
    private readonly forMs: number,
    private readonly lab: number,
  ) {
    this.numbers = new Int32Array(memory)
  }

  static of(labs: number, forMs: number): Pace {
    const memory = new SharedArrayBuffer((FIRST_LAB + labs) * Int32Array.BYTES_PER_ELEMENT)
    return new Pace(memory, forMs, 0)
  }

  /** In the thread of this lab. */
  static in({ memory, lab }: { memory: SharedArrayBuffer; lab: number }, forMs: number): Pace {
    return new Pace(memory, forMs, lab)
  }

  /** When the labs end: the whole time, or less if the person has stopped them. */
  get endMs(): number {
    const end = Atomics.load(this.numbers, END)
    return end === 0 ? this.forMs : Math.min(this.forMs, end)
  }

  /** Ends all labs at the first moment that none has passed. */
  end(): void {
    // A lab may have begun the next chunk already.
    const end = Math.max(0, ...this.reached()) + CHUNK_MS
    Atomics.compareExchange(this.numbers, END, 0, end)
  }

  /** The lab has got this far. Waits until it may go on. */
  async pass(ms: number): Promise<void> {
    Atomics.store(this.numbers, FIRST_LAB + this.lab, Math.floor(ms))
    const lead = Math.max(CHUNK_MS, LEAD * this.forMs)
    while (ms < this.endMs && ms > Math.min(...this.reached()) + lead) await wait(WAIT_MS)
  }

  leave(): void {
    Atomics.store(this.numbers, FIRST_LAB + this.lab, ENDED)
  }

  /** How far each lab that still plays has got. */
  private reached(): number[] {
    const all = Array.from(this.numbers.subarray(FIRST_LAB), (_, lab) =>
      Atomics.load(this.numbers, FIRST_LAB + lab),
    )
    return all.filter((ms) => ms !== ENDED)
  }
}
