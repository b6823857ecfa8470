import fc from 'fast-check'
import { afterEach, describe, expect, it, vi } from 'vitest'
import { MAX_NESTING } from '../limits'
import { MAX_FAULT_BYTES, MessageScanner, type ScannerOptions, type ScanResult } from './scanner'

const bytesOf = (text: string): Uint8Array => new TextEncoder().encode(text)
const textOf = (bytes: Uint8Array): string => new TextDecoder().decode(bytes)

const QUESTION = '{"type":0,"srcid":1,"privPoliId":111,"payloadsize":4,"payload":"xyz1"}'
const REGISTRATION = '{"type":1,"id":100,"privPolyId":111,"listenport":3001}'
const ANSWER = '{"type":2,"srcid":100,"destid":1,"payloadsize":4,"payload":"abcd"}'

/** Pushes the bytes cut at these offsets, and ends the stream. */
function scan(
  bytes: Uint8Array,
  cuts: readonly number[] = [],
  options?: ScannerOptions,
): ScanResult[] {
  const scanner = new MessageScanner(options)
  const found: ScanResult[] = []
  let from = 0
  for (const cut of [...cuts, bytes.length].sort((a, b) => a - b)) {
    found.push(...scanner.push(bytes.slice(from, cut)))
    from = cut
  }
  expect(scanner.received).toBe(bytes.length)
  const rest = scanner.giveUp()
  expect(scanner.giveUp()).toBeUndefined()
  return rest === undefined ? found : [...found, rest]
}

function scanText(text: string, cuts?: readonly number[], options?: ScannerOptions): ScanResult[] {
  return scan(bytesOf(text), cuts, options)
}

/** Every byte in a read of its own. */
const everywhere = (bytes: Uint8Array): number[] => [...bytes.keys()].slice(1)

/** The results in short: the payload, id or fault of each. */
function summary(found: readonly ScanResult[]): string[] {
  return found.map((item) => {
    if (item.kind === 'fault') {
      return `${item.fatal ? 'fatal ' : ''}${item.fault.code}: ${item.fault.message}`
    }
    return item.message.type === 1 ? `server ${item.message.server}` : item.message.payload
  })
}

describe('messages', () => {
  it.each(['', ' ', '\r\n', '\t \n\n'])('come several in one read, with %j between them', (gap) => {
    const stream = [QUESTION, REGISTRATION, ANSWER].join(gap)
    const found = scanText(stream)
    expect(summary(found)).toEqual(['xyz1', 'server 100', 'abcd'])
    expect(found.map((item) => textOf(item.bytes))).toEqual([QUESTION, REGISTRATION, ANSWER])
    expect(found.map((item) => stream.slice(item.end - item.bytes.length, item.end))).toEqual([
      QUESTION,
      REGISTRATION,
      ANSWER,
    ])
  })

  it('are views of the read where they came in one', () => {
    const chunk = bytesOf(`${QUESTION} ${ANSWER}`)
    const found = new MessageScanner().push(chunk)
    expect(found.map(({ bytes }) => bytes.buffer === chunk.buffer)).toEqual([true, true])
  })

  it('are joined from pieces small and large', () => {
    const text = QUESTION.replace('xyz1', 'xyz1'.repeat(5_000))
    for (const cuts of [[30], [1, 2, 5_000, 5_001, 9_000, 9_900, 10_800, 11_700, 12_000, 20_000]]) {
      expect(scanText(text + ANSWER, cuts).map((item) => textOf(item.bytes))).toEqual([
        text,
        ANSWER,
      ])
    }
  })

  it('may be cut inside a UTF-8 sequence, an escape, and a run of backslashes', () => {
    for (const payload of ['é😀', '"', '\\', '\\"', '\\\\"\\', '}{][', `${'\\'.repeat(41)}"x`]) {
      const text = JSON.stringify({ type: 0, srcid: 1, privPoliId: 1, payload })
      const bytes = bytesOf(text)
      const whole = scan(bytes)
      expect(summary(whole)).toEqual([payload])
      for (const cut of everywhere(bytes)) expect(summary(scan(bytes, [cut]))).toEqual([payload])
      expect(scan(bytes, everywhere(bytes))).toEqual([{ ...whole[0], bytes }])
    }
  })

  it('keep unknown and nested fields in their bytes', () => {
    const text = QUESTION.replace('}', ',"extra":{"a":[1,{"b":"}"}]},"__proto__":{"type":9}}')
    expect(scanText(text).map((item) => textOf(item.bytes))).toEqual([text])
    expect(({} as { type?: unknown }).type).toBeUndefined()
  })

  it('follow a byte order mark at the very start, whole or cut, and nowhere else', () => {
    const mark = '\ufeff'
    expect(summary(scanText(mark + QUESTION))).toEqual(['xyz1'])
    expect(summary(scanText(mark + QUESTION, [1, 2, 3]))).toEqual(['xyz1'])
    expect(summary(scanText(` ${mark}${QUESTION}`))).toEqual([
      'NOT_JSON: The bytes are not JSON: a message starts with {; found 0xef at byte 1.',
      'xyz1',
    ])
  })

  it('may be decoded by a function of the caller', () => {
    const decode = (bytes: Uint8Array): string => textOf(bytes).replace('xyz1', 'mine')
    expect(summary(scanText(QUESTION, [], { decode }))).toEqual(['mine'])
  })
})

describe('faults that the stream survives', () => {
  it.each([
    ['hello ', 'NOT_JSON: The bytes are not JSON: a message starts with {; found h at byte 0.'],
    ['  } } ', 'NOT_JSON: The bytes are not JSON: a message starts with {; found } at byte 2.'],
    ['\0', 'NOT_JSON: The bytes are not JSON: a message starts with {; found 0x00 at byte 0.'],
    ['[1,2]', 'NOT_AN_OBJECT: A message is a JSON object, it starts with {; found [ at byte 0.'],
    [
      '"hi" "there"',
      'NOT_AN_OBJECT: A message is a JSON object, it starts with {; found " at byte 0.',
    ],
    ['-5', 'NOT_AN_OBJECT: A message is a JSON object, it starts with {; found - at byte 0.'],
    ['{}', 'MISSING_FIELD: The field "type" is missing.'],
    ['{"type":7}', 'UNKNOWN_TYPE: The field "type" is 7; it must be 0, 1 or 2.'],
    [
      '{"a":[1}],"b":2} ',
      'NOT_JSON: The message that starts at byte 0 is not JSON: found } at byte 7 where ] was due.',
    ],
  ])('%j gives one fault, and the next message is read', (bad, words) => {
    expect(summary(scanText(bad + QUESTION))).toEqual([words, 'xyz1'])
    expect(summary(scanText(bad + QUESTION, everywhere(bytesOf(bad))))).toEqual([words, 'xyz1'])
  })

  it('an object that is balanced and not JSON says why', () => {
    const [first, second] = summary(scanText(`{"type":0,} ${QUESTION}`))
    expect(first).toMatch(/^NOT_JSON: The message that starts at byte 0 is not JSON: ./)
    expect(second).toBe('xyz1')
  })

  it('a Python dict sent as it prints gets a hint about json.dumps', () => {
    expect(summary(scanText("{'type': 0}"))[0]).toContain('use json.dumps in Python')
  })

  it('an object that is not UTF-8', () => {
    const bytes = bytesOf(QUESTION + QUESTION + QUESTION)
    bytes[2 * QUESTION.length - 4] = 0x80
    expect(summary(scan(bytes))).toEqual([
      'xyz1',
      `NOT_UTF8: The message that starts at byte ${QUESTION.length} is not UTF-8.`,
      'xyz1',
    ])
  })

  it('a run of garbage is reported once, at once, with its first bytes', () => {
    const scanner = new MessageScanner()
    const [first, ...others] = scanner.push(bytesOf('x'.repeat(3 * MAX_FAULT_BYTES)))
    expect(first).toMatchObject({ end: 3 * MAX_FAULT_BYTES, fatal: false })
    expect(first?.bytes).toHaveLength(MAX_FAULT_BYTES)
    expect(others).toEqual([])
    expect(scanner.push(bytesOf(' more of it '))).toEqual([])
    expect(scanner.pendingBytes).toBe(0)
    expect(summary(scanner.push(bytesOf(QUESTION)))).toEqual(['xyz1'])
    expect(scanner.push(bytesOf('again'))).toHaveLength(1)
  })
})

describe('faults that end the stream', () => {
  it('a message past the size limit, as soon as the limit is passed', () => {
    const maxBytes = QUESTION.length
    expect(summary(scanText(QUESTION + QUESTION, [], { maxBytes }))).toEqual(['xyz1', 'xyz1'])
    for (const cut of [10, maxBytes - 1, maxBytes]) {
      const scanner = new MessageScanner({ maxBytes })
      const longer = bytesOf(QUESTION.replace('xyz1', 'xyz12'))
      expect(scanner.push(longer.slice(0, cut))).toEqual([])
      expect(scanner.pendingBytes).toBe(cut)
      const found = scanner.push(longer.slice(cut, maxBytes + 1))
      expect(summary(found)).toEqual([
        `fatal MESSAGE_TOO_LARGE: The message that starts at byte 0 is larger than ${maxBytes} bytes.`,
      ])
      expect(found).toMatchObject([{ end: maxBytes, bytes: longer.slice(0, maxBytes) }])
      expect(scanner.push(bytesOf(QUESTION))).toEqual([])
      expect(scanner.pendingBytes).toBe(0)
      expect(scanner.giveUp()).toBeUndefined()
    }
  })

  it('a message past the size limit whose limit falls inside a long string', () => {
    const longer = QUESTION.replace('xyz1', 'x'.repeat(500))
    for (const cuts of [[], [100], [300]]) {
      const found = scanText(longer, cuts, { maxBytes: 300 })
      expect(found).toMatchObject([{ fault: { code: 'MESSAGE_TOO_LARGE' }, end: 300 }])
    }
  })

  it('nesting past the limit', () => {
    const nested = (levels: number): string =>
      QUESTION.replace('}', `,"x":${'['.repeat(levels - 1)}${']'.repeat(levels - 1)}}`)
    expect(summary(scanText(nested(MAX_NESTING)))).toEqual(['xyz1'])
    expect(summary(scanText(nested(MAX_NESTING + 1) + QUESTION))).toEqual([
      `fatal NESTED_TOO_DEEPLY: The message that starts at byte 0 is nested deeper than ${MAX_NESTING} levels.`,
    ])
  })

  it('a message half sent says how much came and where it stops', () => {
    expect(summary(scanText(`${QUESTION}\n${QUESTION.slice(0, -1)}`))).toEqual([
      'xyz1',
      `fatal MESSAGE_HALF_SENT: The message that starts at byte ${QUESTION.length + 1} was begun and not finished: ${QUESTION.length - 1} bytes came, and it stops there.`,
    ])
    expect(summary(scanText('{"a'))).toEqual([
      'fatal MESSAGE_HALF_SENT: The message that starts at byte 0 was begun and not finished: 3 bytes came, and it stops there, inside a string.',
    ])
  })

  it('nothing is half sent between messages', () => {
    expect(new MessageScanner().giveUp()).toBeUndefined()
    expect(summary(scanText(`${QUESTION} \n`))).toEqual(['xyz1'])
  })
})

// --- laws -------------------------------------------------------------------------------------------

const awkward = fc.string({
  unit: fc.constantFrom('"', '\\', '{', '}', '[', ']', 'é', '😀', 'x', '\n'),
})
const payload = fc.oneof(
  fc.string({ unit: 'binary' }),
  awkward,
  awkward.map((s) => s.repeat(30)),
)
const gap = fc.string({ unit: fc.constantFrom(' ', '\t', '\r', '\n'), maxLength: 3 })
const message = fc
  .record({
    type: fc.constantFrom(0, '0'),
    srcid: fc.nat(),
    privPoliId: fc.nat(),
    payload,
    extra: fc.jsonValue({ maxDepth: 3 }),
  })
  .chain((fields) => fc.constantFrom(JSON.stringify(fields), JSON.stringify(fields, null, 2)))
const cutsIn = (length: number) => fc.array(fc.nat(length), { maxLength: 20 })

describe('laws', () => {
  it('the same messages come out wherever the stream is cut', () => {
    const stream = fc.array(fc.tuple(message, gap), { maxLength: 8 }).chain((messages) => {
      const bytes = bytesOf(messages.flat().join(''))
      return fc.tuple(fc.constant(messages), fc.constant(bytes), cutsIn(bytes.length))
    })
    fc.assert(
      fc.property(stream, ([messages, bytes, cuts]) => {
        let start = 0
        const expected = messages.map(([text, after]) => {
          const end = start + bytesOf(text).length
          start = end + after.length
          return { kind: 'message', payload: JSON.parse(text).payload, text, end }
        })
        const found = scan(bytes, cuts).map((item) => ({
          kind: item.kind,
          payload: item.kind === 'message' && item.message.type === 0 && item.message.payload,
          text: textOf(item.bytes),
          end: item.end,
        }))
        expect(found).toEqual(expected)
      }),
    )
  })

  it('anything at all: never throws, and gives the same results in one read and byte by byte', () => {
    const noise = fc.oneof(
      fc.uint8Array({ maxLength: 40 }),
      fc.string({ unit: fc.constantFrom(...'{}[]":\\, x1\n'), maxLength: 30 }).map(bytesOf),
      fc
        .constantFrom(
          QUESTION,
          '{"type":0}',
          '{"a":"',
          '\ufeff',
          '[['.repeat(40),
          '{"a":'.repeat(65),
        )
        .map(bytesOf),
    )
    const stream = fc.array(noise, { maxLength: 6 }).map((parts) => {
      const bytes = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0))
      let at = 0
      for (const part of parts) {
        bytes.set(part, at)
        at += part.length
      }
      return bytes
    })
    fc.assert(
      fc.property(stream, fc.constantFrom(20, 100, 1000), (bytes, maxBytes) => {
        const whole = scan(bytes, [], { maxBytes })
        const cut = scan(bytes, everywhere(bytes), { maxBytes })
        expect(summary(cut)).toEqual(summary(whole))
        for (const [index, item] of whole.entries()) {
          const other = cut[index]
          // A fault shows the part of the garbage that has arrived; everything else has the same
          // bytes.
          const sameBytes =
            item.kind === 'message' || item.fault.message.includes('message that starts')
          if (sameBytes) expect(other).toMatchObject({ bytes: item.bytes, end: item.end })
          else expect(item.bytes.slice(0, other?.bytes.length)).toEqual(other?.bytes)
        }
      }),
      { numRuns: 500 },
    )
  })

  it('bytes that are no message give at least one fault', () => {
    const object = fc.dictionary(fc.string(), fc.jsonValue()).filter(({ type }) => type !== '0')
    const other = fc.oneof(object, fc.jsonValue()).filter((value) => !isMessageLike(value))
    fc.assert(
      fc.property(other, (value) => {
        const found = scanText(JSON.stringify(value))
        expect(found.some((item) => item.kind === 'fault')).toBe(true)
      }),
    )
  })
})

function isMessageLike(value: unknown): boolean {
  return typeof value === 'object' && value !== null && 'type' in value
}

describe('work', () => {
  const typedArray: Uint8Array = Object.getPrototypeOf(Uint8Array.prototype)
  const copy = typedArray.set
  afterEach(() => vi.restoreAllMocks())

  const full = 32 * 1024
  const messageOf = (inside: string): string =>
    `{"type":0,"srcid":1,"privPoliId":1,"payload":"${inside}"}`
  const streams = {
    'a long string': messageOf('x'.repeat(full)),
    'a string of escaped quotes': messageOf('\\"'.repeat(full / 2)),
    'a string of backslashes': messageOf('\\\\'.repeat(full / 2)),
    'long runs of backslashes between quotes': messageOf(
      `${'\\\\'.repeat(200)}\\"`.repeat(full / 402),
    ),
    'many small values': `{"type":9,"x":[${'1,'.repeat(full / 2)}1]}`,
    garbage: 'x'.repeat(full),
    'garbage and braces': 'x{}'.repeat(full / 3),
    'small messages': QUESTION.repeat(full / QUESTION.length),
  }

  it.each(Object.entries(streams))(
    'is in proportion to the bytes, in reads of any size: %s',
    (_, text) => {
      const bytes = bytesOf(text)
      for (const size of [1, 2, 7, 1000, bytes.length]) {
        const work = { visited: 0, copied: 0 }
        const copies = vi.spyOn(typedArray, 'set').mockImplementation(countedCopy)
        function countedCopy(this: Uint8Array, source: ArrayLike<number>, at?: number): void {
          work.copied += source.length
          copy.call(this, source, at)
        }
        const scanner = new MessageScanner()
        for (let from = 0; from < bytes.length; from += size) {
          scanner.push(counting(bytes.subarray(from, from + size), work))
        }
        copies.mockRestore()
        expect(work.visited).toBeGreaterThan(bytes.length / 2)
        expect(work.visited).toBeLessThan(3 * bytes.length)
        expect(work.copied).toBeLessThan(4 * bytes.length)
      }
    },
  )
})

/** A chunk that counts the bytes read, one by one or by a native search. */
function counting(chunk: Uint8Array, work: { visited: number }): Uint8Array {
  return new Proxy(chunk, {
    get(target, key) {
      if (key === 'indexOf') {
        return (value: number, from: number) => {
          const at = target.indexOf(value, from)
          work.visited += (at === -1 ? target.length : at + 1) - from
          return at
        }
      }
      if (typeof key === 'string' && /^\d+$/.test(key)) work.visited++
      const value: unknown = Reflect.get(target, key)
      return typeof value === 'function' ? value.bind(target) : value
    },
  })
}
