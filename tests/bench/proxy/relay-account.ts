// Checks the accounting relay by its own file: reads all of it, follows the state from row to row, and compares it with each
// keyframe, and at the end with the relay's own state.
import { ALL, COUNTERS, OPEN, RELAY, type RelayFigures } from './relay-figures'
import { KIND, KIND_BITS, type ReadBlock, type RelayLedger, ROW_NUMBERS } from './relay-ledger'

/** What the file says. */
export interface Account {
  readonly questions: number
  readonly answers: number
  readonly events: number
  readonly bytes: number
  /** What is wrong with it. */
  readonly faults: string[]
}

export async function accountOf(ledger: RelayLedger, figures: RelayFigures): Promise<Account> {
  const reader = new Reader()
  for await (const block of ledger.readBack()) reader.read(block)
  reader.compare('At the end', figures.names, figures.used)
  const { begun, ended } = reader.seconds
  if (begun !== reader.questions || ended !== reader.answers + reader.refusals) {
    reader.fault(`By second, ${begun} messages began and ${ended} ended.`)
  }
  if (reader.events !== ledger.events) reader.fault(`${reader.events} events were read back.`)
  if (reader.packets !== ledger.packets) reader.fault(`${reader.packets} packets were read back.`)
  const { questions, answers, events, bytes, faults } = reader
  return { questions, answers, events, bytes, faults }
}

/** A party's messages: of which client and which server. */
interface Ways {
  client: number
  server: number
  policy: number
  bytes: number
  hasAnswer: boolean
}

class Reader {
  questions = 0
  answers = 0
  refusals = 0
  /** The sums of all seconds. */
  readonly seconds = { begun: 0, ended: 0 }
  events = 0
  packets = 0
  bytes = 0
  readonly faults: string[] = []
  private readonly names = ['all', 'relay']
  private readonly parties = new Map<string, number>()
  private readonly policyOf = new Map<number, number>()
  private readonly counters: number[] = Array.from({ length: 2 * COUNTERS }, () => 0)
  private readonly open = new Map<number, Ways>()

  /** The first few are enough. */
  fault(text: string): void {
    if (this.faults.length < 5) this.faults.push(text)
  }

  read({ firstEvent, rows, keyframe, messages }: ReadBlock): void {
    const [names, counters, ...open] = keyframe
    if (firstEvent !== this.events + 1) this.fault(`A block begins with event ${firstEvent}.`)
    this.compare(`At event ${firstEvent}`, JSON.parse(String(names)), numbersIn(counters))
    if (open.length !== 2 * this.open.size) this.fault(`A keyframe has ${open.length / 2} open.`)
    for (let place = 0; place < open.length; place += 2) {
      const [number = 0] = numbersIn(open[place])
      const known = this.open.get(number)
      if (known?.bytes !== open[place + 1]?.length) this.fault(`Exchange ${number} is not open.`)
    }
    let next = 0
    for (let at = 0; at < rows.length; at += ROW_NUMBERS) {
      const head = rows[at] ?? 0
      const kind = head & ((1 << KIND_BITS) - 1)
      const message = HAVE_MESSAGES.has(kind) ? messages[next++] : undefined
      this.event(kind, head >> KIND_BITS, rows[at + 2] ?? 0, rows[at + 3] ?? 0, message)
    }
    if (next !== messages.length) this.fault(`${messages.length - next} messages are left over.`)
  }

  compare(when: string, names: readonly string[], counters: ArrayLike<number>): void {
    const wrong = names.findIndex((name) => !this.isRight(name, names.indexOf(name), counters))
    if (wrong !== -1) this.fault(`${when}, the counters of ${names[wrong]} are others.`)
    if (names.length !== this.names.length)
      this.fault(`${when}, there are ${names.length} parties.`)
  }

  private isRight(name: string, party: number, counters: ArrayLike<number>): boolean {
    if (this.names[party] !== name) return false
    for (let at = party * COUNTERS; at < (party + 1) * COUNTERS; at++) {
      if (counters[at] !== this.counters[at]) return false
    }
    return true
  }

  private event(kind: number, about: number, one: number, other: number, message?: Buffer): void {
    this.events++
    switch (kind) {
      case KIND.sent:
        this.sent(one, other, message)
        break
      case KIND.passedOn:
        this.passedOn(one, other)
        break
      case KIND.refused:
        this.packet(one, RELAY, this.open.get(other)?.client, message?.length)
        break
      case KIND.decided:
        this.decided(one, about)
        break
      case KIND.finished:
        this.finished(one, about === 1)
        break
      case KIND.registered:
        this.policyOf.set(about, one)
        break
      case KIND.named:
        this.names[about] = String(message)
        this.parties.set(String(message), about)
        for (let place = 0; place < COUNTERS; place++) this.counters.push(0)
        break
      case KIND.second:
        this.second(numbersIn(message))
        break
    }
  }

  private sent(packet: number, exchange: number, message: Buffer = Buffer.alloc(0)): void {
    const { length } = message
    const known = this.open.get(exchange)
    if (known !== undefined) {
      known.bytes = length
      known.hasAnswer = true
      this.packet(packet, known.server, RELAY, length)
      return
    }
    const { srcid, id } = JSON.parse(String(message))
    const party = this.parties.get(exchange === 0 ? `server ${id}` : `client ${srcid}`) ?? 0
    this.packet(packet, party, RELAY, length)
    if (exchange === 0) return
    this.questions++
    this.open.set(exchange, {
      client: party,
      server: 0,
      policy: 0,
      bytes: length,
      hasAnswer: false,
    })
  }

  private passedOn(packet: number, exchange: number): void {
    const known = this.open.get(exchange)
    this.packet(packet, RELAY, known?.hasAnswer ? known.client : known?.server, known?.bytes)
  }

  private decided(exchange: number, server: number): void {
    const known = this.open.get(exchange)
    if (known === undefined) return
    known.server = server
    known.policy = this.policyOf.get(server) ?? 0
    this.count(known, 1)
  }

  private finished(exchange: number, isAnswered: boolean): void {
    const known = this.open.get(exchange)
    if (known === undefined) {
      this.fault(`Exchange ${exchange} was not open.`)
      return
    }
    this.open.delete(exchange)
    this.count(known, -1)
    if (isAnswered) this.answers++
    else this.refusals++
  }

  /**
   * Counts a second. The numbers of each party: its own, how many follow, begun, answered, failed, three percentiles, and
   * then bucket, count, …
   */
  private second(numbers: ArrayLike<number>): void {
    for (let at = 0, end = 0; at < numbers.length; at = end) {
      const [party, length = 0, begun = 0, answered = 0, failed = 0] = Array.from(
        { length: 5 },
        (_, place) => numbers[at + place],
      )
      end = at + 2 + length
      let counted = 0
      for (let place = at + 9; place < end; place += 2) counted += numbers[place] ?? 0
      if (counted !== answered + failed) this.fault('A histogram counts other messages.')
      if (party !== ALL) continue
      this.seconds.begun += begun
      this.seconds.ended += counted
    }
  }

  private packet(packet: number, from = 0, to = 0, bytes = 0): void {
    if (packet !== ++this.packets) this.fault(`Packet ${packet} is not in order.`)
    this.bytes += bytes
    this.add(from, 0, 1)
    this.add(from, 1, bytes)
    this.add(to, 2, 1)
    this.add(to, 3, bytes)
  }

  private count({ client, server, policy }: Ways, by: number): void {
    for (const party of [ALL, client, policy, server]) this.add(party, OPEN, by)
  }

  private add(party: number, counter: number, by: number): void {
    const at = party * COUNTERS + counter
    this.counters[at] = (this.counters[at] ?? 0) + by
  }
}

const HAVE_MESSAGES: ReadonlySet<number> = new Set([
  KIND.sent,
  KIND.refused,
  KIND.opened,
  KIND.named,
  KIND.second,
])

function numbersIn(bytes: Buffer = Buffer.alloc(0)): Float64Array {
  return new Float64Array(Uint8Array.from(bytes).buffer)
}
