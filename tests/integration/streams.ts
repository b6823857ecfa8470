// Byte streams for the fuzz test: random ones, and damaged messages, drawn from a seed.
import type { Random } from '../../src/main/engine/clock/random'
import { MAX_MESSAGE_BYTES } from '../../src/shared/limits'

export interface Stream {
  bytes: Buffer
  /** The bytes as they are written: one piece per turn of the event loop. */
  pieces: Buffer[]
  /**
   * What the sender does at the end: half-close and wait for its answers, reset, or stay silent.
   */
  ending: 'half-closes' | 'breaks off' | 'falls silent'
}

/** The policy with servers; the other policies in the streams have none. */
export const GOOD_POLICY = 'good'

const ENDINGS = ['half-closes', 'half-closes', 'half-closes', 'breaks off', 'falls silent'] as const

export function drawStream(random: Random): Stream {
  const bytes = pick(random, MAKERS)(random)
  return { bytes, pieces: cut(random, bytes), ending: pick(random, ENDINGS) }
}

/** A few exceed the largest message. */
export function drawLargeStream(random: Random): Stream {
  const size = MAX_MESSAGE_BYTES - 200 + random.integer(400)
  const text = JSON.stringify({ ...question(random), payload: 'x'.repeat(size) })
  const bytes = Buffer.from(text + message(random))
  return { bytes, pieces: [bytes], ending: 'half-closes' }
}

const MAKERS: ((random: Random) => Buffer)[] = [
  (random) => randomBytes(random, 1 + random.integer(200)),
  (random) => Buffer.from(jsonLike(random)),
  (random) => Buffer.from(JSON.stringify(wrongFields(random))),
  (random) => Buffer.from(messages(random)),
  (random) => mutate(random, Buffer.from(messages(random))),
  (random) => mutate(random, mutate(random, Buffer.from(messages(random)))),
  (random) => mutate(random, Buffer.concat([randomBytes(random, 9), Buffer.from(message(random))])),
]

/** A kind of damage to good bytes. */
const MUTATIONS: ((random: Random, bytes: Buffer) => Buffer)[] = [
  function flip(random, bytes) {
    const flipped = Buffer.from(bytes)
    const at = random.integer(bytes.length)
    flipped[at] = (flipped[at] ?? 0) ^ (1 << random.integer(8))
    return flipped
  },
  function truncate(random, bytes) {
    return bytes.subarray(0, random.integer(bytes.length))
  },
  function double(random, bytes) {
    const at = random.integer(bytes.length)
    return Buffer.concat([bytes.subarray(0, at), bytes.subarray(random.integer(at + 1))])
  },
  function insert(random, bytes) {
    const at = random.integer(bytes.length)
    const extra = Buffer.from(pick(random, EXTRAS))
    return Buffer.concat([bytes.subarray(0, at), extra, bytes.subarray(at)])
  },
  function notUtf8(random, bytes) {
    const at = random.integer(bytes.length)
    // A lone surrogate in UTF-8, an overlong slash, a byte that no character starts with.
    const extra = pick(random, [[0xed, 0xa0, 0x80], [0xc0, 0xaf], [0xff]])
    return Buffer.concat([bytes.subarray(0, at), Buffer.from(extra), bytes.subarray(at)])
  },
]

const EXTRAS = ['"', '\\', '{', '}', '[', ']', ',', ':', '\u0000', '\n', 'é', '{}', '\ufeff', '//']

const VALUES: ((random: Random) => unknown)[] = [
  () => null,
  () => true,
  () => -1,
  () => 1.5,
  () => 1e300,
  () => Number.MAX_SAFE_INTEGER + 2,
  () => '',
  () => ' ',
  () => '\ud800',
  () => 'x'.repeat(100),
  () => [],
  () => ({ toString: 1, type: 0 }),
  (random) => random.integer(100_000),
  (random) => String(random.integer(4)),
]

function wrongFields(random: Random): Record<string, unknown> {
  const fields: Record<string, unknown> = pick(random, [question, registration, answer])(random)
  // A registered server for a requested policy would have to be waited for.
  const keys = Object.keys(fields).filter((key) => key !== 'privPolyId')
  for (let i = random.integer(3); i >= 0; i--) {
    const key = pick(random, keys)
    if (random.integer(3) === 0) delete fields[key]
    else fields[key] = pick(random, VALUES)(random)
  }
  return fields
}

/** Text that resembles JSON and messages, and mostly is neither. */
function jsonLike(random: Random): string {
  const depth = random.integer(120)
  return pick(random, [
    `${'{"a":'.repeat(depth)}1${'}'.repeat(depth)}`,
    `${'['.repeat(depth)}${']'.repeat(depth)}`,
    `{"type":0,"srcid":${'9'.repeat(1 + random.integer(400))},"privPoliId":"nobody","payload":""}`,
    '{"type":0,"srcid":1e999,"privPoliId":"nobody","payload":"x"}',
    '{"__proto__":{"type":0},"srcid":1,"privPoliId":"nobody","payload":"x"}',
    '{"type":0,"__proto__":null,"constructor":1,"srcid":"__proto__","privPoliId":"__proto__","payload":""}',
    '{"type":0,"srcid":"\\ud800","privPoliId":"\\udfff","payload":"\\ud800"}',
    "{'type': 0, 'srcid': 1}",
    'GET / HTTP/1.1\r\nHost: localhost\r\n\r\n',
    '\u0016\u0003\u0001\u0002\u0000',
    ' \r\n\t ',
    '0 1 2 "x" [1,{}] null',
    '{}'.repeat(1 + random.integer(300)),
    `{"type":1,"id":5,"privPolyId":"mutated","listenport":${random.integer(80_000)}}`,
  ])
}

const question = (random: Random) => ({
  type: 0,
  srcid: random.integer(2_000),
  privPoliId: pick(random, [GOOD_POLICY, 'nobody', `nobody ${random.integer(1_000_000)}`]),
  payloadsize: 4,
  payload: 'xyz1',
})
const registration = (random: Random) => ({
  type: 1,
  id: random.integer(50),
  privPolyId: pick(random, ['mutated', `mutated ${random.integer(1_000_000)}`]),
  listenport: 1 + random.integer(65_535),
})
const answer = (random: Random) => ({
  type: 2,
  srcid: random.integer(50),
  destid: random.integer(50),
  payloadsize: 40,
  payload: 'f'.repeat(40),
})

function message(random: Random): string {
  return JSON.stringify(pick(random, [question, question, registration, answer])(random))
}

function messages(random: Random): string {
  return Array.from({ length: 1 + random.integer(4) }, () => message(random)).join('')
}

function mutate(random: Random, bytes: Buffer): Buffer {
  return bytes.length === 0 ? bytes : pick(random, MUTATIONS)(random, bytes)
}

function randomBytes(random: Random, count: number): Buffer {
  return Buffer.from(Array.from({ length: count }, () => random.integer(256)))
}

function cut(random: Random, bytes: Buffer): Buffer[] {
  const pieces: Buffer[] = []
  for (let at = 0; at < bytes.length; ) {
    const size = random.integer(3) === 0 ? 1 + random.integer(bytes.length) : bytes.length
    pieces.push(bytes.subarray(at, at + size))
    at += size
  }
  return pieces
}

function pick<T>(random: Random, from: readonly [T, ...T[]] | readonly T[]): T {
  return from[random.integer(from.length)] as T
}
