// What the accounting relay counts for each party (everything, a policy, a server, a client): exact counters, the messages that are
// open, and by second how many began, were answered and failed, and how long they took.
import { bucketOf, percentile } from '../../../src/shared/metrics/histogram'

const MAX_PARTIES = 1_280
/** Every time below 2^31 µs has one of these. */
const BUCKETS = 1_664

/** The counters of a party, in this order: packets and bytes that it has sent and received, open messages. */
export const COUNTERS = 5
export const OPEN = 4

/** The numbers of a party's second before its histogram: begun, answered, failed, p50, p95, p99 in ms. */
const SECOND_NUMBERS = 6
const SHARES = [0.5, 0.95, 0.99]

/** Everything together, and the relay itself. */
export const ALL = 0
export const RELAY = 1

export class RelayFigures {
  readonly names: string[] = ['all', 'relay']
  private readonly counters = new Float64Array(MAX_PARTIES * COUNTERS)
  private readonly begun = new Uint32Array(MAX_PARTIES)
  private readonly answered = new Uint32Array(MAX_PARTIES)
  private readonly failed = new Uint32Array(MAX_PARTIES)
  private readonly times = new Uint32Array(MAX_PARTIES * BUCKETS)

  /** Adds a party, and returns its number. */
  add(name: string): number {
    if (this.names.length === MAX_PARTIES) throw new Error('There are too many clients.')
    return this.names.push(name) - 1
  }

  /** The counters of all parties. */
  get used(): Float64Array {
    return this.counters.subarray(0, this.names.length * COUNTERS)
  }

  sent(party: number, bytes: number): void {
    const at = party * COUNTERS
    this.counters[at] = (this.counters[at] ?? 0) + 1
    this.counters[at + 1] = (this.counters[at + 1] ?? 0) + bytes
  }

  received(party: number, bytes: number): void {
    const at = party * COUNTERS + 2
    this.counters[at] = (this.counters[at] ?? 0) + 1
    this.counters[at + 1] = (this.counters[at + 1] ?? 0) + bytes
  }

  begin(client: number, policy: number, server: number): void {
    this.open(ALL, 1)
    this.open(client, 1)
    this.open(policy, 1)
    this.open(server, 1)
    this.begun[ALL] = (this.begun[ALL] ?? 0) + 1
    this.begun[client] = (this.begun[client] ?? 0) + 1
    this.begun[policy] = (this.begun[policy] ?? 0) + 1
    this.begun[server] = (this.begun[server] ?? 0) + 1
  }

  /** The server had the message for just as long as the client waited: it was passed on at once. */
  end(client: number, policy: number, server: number, tookMs: number, isAnswered: boolean): void {
    this.open(ALL, -1)
    this.open(client, -1)
    this.open(policy, -1)
    this.open(server, -1)
    const ends = isAnswered ? this.answered : this.failed
    ends[ALL] = (ends[ALL] ?? 0) + 1
    ends[client] = (ends[client] ?? 0) + 1
    ends[policy] = (ends[policy] ?? 0) + 1
    ends[server] = (ends[server] ?? 0) + 1
    const bucket = bucketOf(tookMs)
    this.took(ALL, bucket)
    this.took(client, bucket)
    this.took(policy, bucket)
    this.took(server, bucket)
  }

  /** The figures of this second, of each party of which there are any: its number, how many numbers follow, and these. */
  second(): number[] {
    const second: number[] = []
    for (let party = 0; party < this.names.length; party++) {
      const begun = this.begun[party] ?? 0
      const answered = this.answered[party] ?? 0
      const failed = this.failed[party] ?? 0
      if (begun + answered + failed === 0) continue
      const counts = this.countsOf(party)
      const longest = SHARES.map((share) => percentile(counts, share) ?? 0)
      const numbers = SECOND_NUMBERS + counts.length
      second.push(party, numbers, begun, answered, failed, ...longest, ...counts)
    }
    const { length } = this.names
    this.begun.fill(0, 0, length)
    this.answered.fill(0, 0, length)
    this.failed.fill(0, 0, length)
    this.times.fill(0, 0, length * BUCKETS)
    return second
  }

  private open(party: number, by: number): void {
    const at = party * COUNTERS + OPEN
    this.counters[at] = (this.counters[at] ?? 0) + by
  }

  private took(party: number, bucket: number): void {
    const at = party * BUCKETS + bucket
    this.times[at] = (this.times[at] ?? 0) + 1
  }

  /** Its histogram: bucket, count, bucket, count, … */
  private countsOf(party: number): number[] {
    const counts: number[] = []
    for (let bucket = 0; bucket < BUCKETS; bucket++) {
      const count = this.times[party * BUCKETS + bucket] ?? 0
      if (count > 0) counts.push(bucket, count)
    }
    return counts
  }
}
