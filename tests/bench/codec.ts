// How fast the scanner is, beside JSON.parse of the same bytes. All ways take turns within a round, so
// that a ratio compares what ran side by side; figures are medians over the rounds.
import { createScanner } from '../../src/main/engine/protocol/scan'
import { ObjectEnd } from '../../src/shared/protocol/object-end'
import { MessageScanner } from '../../src/shared/protocol/scanner'
import type { BenchOptions } from './options'
import { median, ratios } from './statistics'
import { type BenchTable, type Figure, spreadCells } from './table'

const ROUNDS = { quick: 41, usual: 81 }
const MEGABYTES_A_TURN = 1
const READ_BYTES = 64 * 1024
/** Its numbers have five digits, so that all messages are as long as the first. */
const FIRST_SOURCE = 10_000

const TEXTS = {
  plain: 'x',
  'prose, escapes': 'He said "go", and "stop";\nso the packets went round and round again. ',
  'not ASCII': 'Größe, 大きさ, размер, μέγεθος and so on. ',
}

const CASES: { text: keyof typeof TEXTS; bytes: number }[] = [
  { text: 'plain', bytes: 76 },
  { text: 'plain', bytes: 4 * 1024 },
  { text: 'plain', bytes: 64 * 1024 },
  { text: 'plain', bytes: 1024 * 1024 },
  { text: 'prose, escapes', bytes: 4 * 1024 },
  { text: 'prose, escapes', bytes: 64 * 1024 },
  { text: 'not ASCII', bytes: 64 * 1024 },
]

/** A way to deal with the stream; returns how many messages it found. */
type Way = () => number

export async function benchCodec({ quick }: BenchOptions): Promise<BenchTable> {
  const figures: Figure[] = []
  const rows = CASES.map(({ text, bytes }) => {
    const { length } = messageOf(TEXTS[text], bytes)
    const count = Math.max(1, Math.round((MEGABYTES_A_TURN * 1e6) / length))
    // All differ, as under load.
    const messages = Array.from({ length: count }, (_, index) =>
      messageOf(TEXTS[text], bytes, FIRST_SOURCE + index),
    )
    const rounds = quick ? ROUNDS.quick : ROUNDS.usual
    const speeds = race(waysOver(messages, length), (count * length) / 1e6, count, rounds)
    const readToBytes = ratios(speeds.read, speeds.parseBytes)
    if (text === 'plain') {
      figures.push({ name: `codec ${sizeName(bytes)} ÷ JSON.parse`, rounds: readToBytes })
    }
    return [
      `${text}, ${sizeName(bytes)}`,
      ...Object.values(speeds).map(median),
      ...spreadCells(readToBytes),
      median(ratios(speeds.read, speeds.parseString)),
      median(ratios(speeds.cut, speeds.parseBytes)),
    ]
  })
  return {
    name: 'Codec: bytes to messages, MB/s',
    columns: [
      'message',
      'scan only',
      'message a read',
      'same, TextDecoder',
      '64 KB reads',
      'JSON.parse(bytes)',
      'JSON.parse(string)',
      'read ÷ bytes',
      'least',
      'most',
      'read ÷ string',
      '64 KB ÷ bytes',
    ],
    rows,
    figures,
    notes: [
      'scan only: where messages end. message a read, 64 KB reads: scanned, decoded, parsed, checked and',
      'read. JSON.parse(bytes): JSON.parse(buffer.toString()) of each message. ÷: the ratio of the two.',
    ],
  }
}

/** `length`: of each message. */
function waysOver(all: readonly Buffer[], length: number) {
  const stream = Buffer.concat(all)
  const messages = all.map((_, index) => stream.subarray(index * length, (index + 1) * length))
  const reads: Buffer[] = []
  for (let from = 0; from < stream.length; from += READ_BYTES) {
    reads.push(stream.subarray(from, from + READ_BYTES))
  }
  const strings = messages.map(String)
  // One scanner for all turns, as on a connection that stays open.
  const scanning = (chunks: Buffer[], scanner = createScanner()): Way => {
    return () => {
      let found = 0
      for (const chunk of chunks) {
        for (const item of scanner.push(chunk)) if (item.kind === 'message') found++
      }
      return found
    }
  }
  return {
    scan: () => {
      const object = new ObjectEnd()
      let found = 0
      for (const bytes of messages) {
        object.begin()
        object.scan(bytes, 0, bytes.length)
        if (object.state === 'closed') found++
      }
      return found
    },
    read: scanning(messages),
    readPortable: scanning(messages, new MessageScanner()),
    cut: scanning(reads),
    parseBytes: () => messages.reduce((n, bytes) => n + isObject(JSON.parse(bytes.toString())), 0),
    parseString: () => strings.reduce((n, text) => n + isObject(JSON.parse(text)), 0),
  } satisfies Record<string, Way>
}

type Speeds = Record<keyof ReturnType<typeof waysOver>, number[]>

/** MB/s of each way in each round, by the processor's time: other work on the machine is not counted. */
function race(
  ways: ReturnType<typeof waysOver>,
  megabytes: number,
  count: number,
  rounds: number,
): Speeds {
  const speeds: Speeds = {
    scan: [],
    read: [],
    readPortable: [],
    cut: [],
    parseBytes: [],
    parseString: [],
  }
  const names = Object.keys(ways) as (keyof Speeds)[]
  for (let round = -2; round < rounds; round++) {
    for (const name of names) {
      const before = process.cpuUsage()
      const found = ways[name]()
      const { user, system } = process.cpuUsage(before)
      const seconds = (user + system) / 1e6
      if (found !== count) throw new Error(`${name} found ${found} messages of ${count}.`)
      if (round >= 0) speeds[name].push(megabytes / seconds)
    }
  }
  return speeds
}

/** A message of about this many bytes, its payload made of `text`. */
function messageOf(text: string, bytes: number, srcid = FIRST_SOURCE): Buffer {
  const compose = (payload: string): Buffer => {
    const payloadsize = Buffer.byteLength(payload)
    return Buffer.from(JSON.stringify({ type: 0, srcid, privPoliId: 111, payloadsize, payload }))
  }
  const around = compose('').length + String(bytes).length - 1
  const repeats = Math.floor((bytes - around) / (compose(text).length - compose('').length))
  return compose(text.repeat(repeats))
}

function isObject(value: unknown): number {
  return typeof value === 'object' && value !== null ? 1 : 0
}

function sizeName(bytes: number): string {
  if (bytes < 1024) return `${bytes} B`
  return bytes < 1024 * 1024 ? `${bytes / 1024} KB` : `${bytes / 1024 / 1024} MB`
}
