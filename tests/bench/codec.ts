// How fast the scanner is, beside JSON.parse of the same bytes. All ways take turns within a round, so
// that a ratio compares what ran side by side; figures are medians over the rounds.
import { isAscii } from 'node:buffer'
import { ObjectEnd } from '../../src/shared/protocol/object-end'
import { MessageScanner } from '../../src/shared/protocol/scanner'
import type { BenchTable } from './table'

const ROUNDS = 11
const MEGABYTES_A_TURN = 4
const READ_BYTES = 64 * 1024

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

export async function benchCodec(): Promise<BenchTable> {
  const rows = CASES.map(({ text, bytes }) => {
    const message = messageOf(TEXTS[text], bytes)
    const count = Math.max(1, Math.round((MEGABYTES_A_TURN * 1e6) / message.length))
    const speeds = race(waysOver(message, count), (count * message.length) / 1e6, count)
    return [
      `${text}, ${sizeName(bytes)}`,
      ...Object.values(speeds).map(median),
      median(ratios(speeds.read, speeds.parseBytes)),
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
      'read ÷ string',
      '64 KB ÷ bytes',
    ],
    rows,
    notes: [
      'scan only: where messages end. message a read, 64 KB reads: scanned, decoded, parsed, checked and',
      'read. JSON.parse(bytes): JSON.parse(buffer.toString()) of each message. ÷: the ratio of the two.',
    ],
  }
}

function waysOver(message: Buffer, count: number) {
  const stream = Buffer.concat(Array<Buffer>(count).fill(message))
  const messages = Array.from({ length: count }, (_, index) =>
    stream.subarray(index * message.length, (index + 1) * message.length),
  )
  const reads: Buffer[] = []
  for (let from = 0; from < stream.length; from += READ_BYTES) {
    reads.push(stream.subarray(from, from + READ_BYTES))
  }
  const strings = messages.map(String)
  const scanning = (chunks: Buffer[], decode?: (bytes: Uint8Array) => string): Way => {
    // One scanner for all turns, as on a connection that stays open.
    const scanner = new MessageScanner({ maxBytes: 2 * 1024 * 1024, ...(decode && { decode }) })
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
    read: scanning(messages, decodeBuffer),
    readPortable: scanning(messages),
    cut: scanning(reads, decodeBuffer),
    parseBytes: () => messages.reduce((n, bytes) => n + isObject(JSON.parse(bytes.toString())), 0),
    parseString: () => strings.reduce((n, text) => n + isObject(JSON.parse(text)), 0),
  } satisfies Record<string, Way>
}

type Speeds = Record<keyof ReturnType<typeof waysOver>, number[]>

/** MB/s of each way in each round. */
function race(ways: ReturnType<typeof waysOver>, megabytes: number, count: number): Speeds {
  const speeds: Speeds = {
    scan: [],
    read: [],
    readPortable: [],
    cut: [],
    parseBytes: [],
    parseString: [],
  }
  const names = Object.keys(ways) as (keyof Speeds)[]
  for (let round = -2; round < ROUNDS; round++) {
    for (const name of names) {
      const start = process.hrtime.bigint()
      const found = ways[name]()
      const seconds = Number(process.hrtime.bigint() - start) / 1e9
      if (found !== count) throw new Error(`${name} found ${found} messages of ${count}.`)
      if (round >= 0) speeds[name].push(megabytes / seconds)
    }
  }
  return speeds
}

const strict = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true })
const LARGE_BYTES = 4 * 1024

/** Node decodes large ASCII much faster as Latin-1; for a small text, finding out costs more than it saves. */
function decodeBuffer(bytes: Uint8Array): string {
  if (bytes.length < LARGE_BYTES || !isAscii(bytes)) return strict.decode(bytes)
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length).toString('latin1')
}

/** A message of about this many bytes, its payload made of `text`. */
function messageOf(text: string, bytes: number): Buffer {
  const compose = (payload: string): Buffer => {
    const payloadsize = Buffer.byteLength(payload)
    return Buffer.from(JSON.stringify({ type: 0, srcid: 1, privPoliId: 111, payloadsize, payload }))
  }
  const around = compose('').length + String(bytes).length - 1
  const repeats = Math.floor((bytes - around) / (compose(text).length - compose('').length))
  return compose(text.repeat(repeats))
}

function isObject(value: unknown): number {
  return typeof value === 'object' && value !== null ? 1 : 0
}

function ratios(numerators: number[], denominators: number[]): number[] {
  return numerators.map((value, index) => value / (denominators[index] ?? Number.NaN))
}

function median(values: number[]): number {
  const sorted = values.toSorted((a, b) => a - b)
  return sorted[Math.floor(sorted.length / 2)] ?? Number.NaN
}

function sizeName(bytes: number): string {
  if (bytes < 1024) return `${bytes} B`
  return bytes < 1024 * 1024 ? `${bytes / 1024} KB` : `${bytes / 1024 / 1024} MB`
}
