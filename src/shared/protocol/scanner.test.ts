import fc from 'fast-check'
import { afterEach, describe, expect, it, vi } from 'vitest'
import { MessageScanner } from './scanner'
import {
  ANSWER,
  everywhere,
  QUESTION,
  REGISTRATION,
  scan,
  scanText,
  summary,
  textIn,
  utf8Of,
} from './scanner.testing'

describe('messages', () => {
  it.each(['', ' ', '\r\n', '\t \n\n'])('come several in one read, with %j between them', (gap) => {
    const stream = [QUESTION, REGISTRATION, ANSWER].join(gap)
    const found = scanText(stream)
    expect(summary(found)).toEqual(['xyz1', 'server 100', 'abcd'])
    expect(found.map((item) => textIn(item.bytes))).toEqual([QUESTION, REGISTRATION, ANSWER])
    expect(found.map((item) => stream.slice(item.end - item.bytes.length, item.end))).toEqual([
      QUESTION,
      REGISTRATION,
      ANSWER,
    ])
  })

  it('are views of the read where they came in one', () => {
    const chunk = utf8Of(`${QUESTION} ${ANSWER}`)
    const found = new MessageScanner().push(chunk)
    expect(found.map(({ bytes }) => bytes.buffer === chunk.buffer)).toEqual([true, true])
  })

  it('are joined from pieces small and large', () => {
    const text = QUESTION.replace('xyz1', 'xyz1'.repeat(5_000))
    for (const cuts of [[30], [1, 2, 5_000, 5_001, 9_000, 9_900, 10_800, 11_700, 12_000, 20_000]]) {
      expect(scanText(text + ANSWER, cuts).map((item) => textIn(item.bytes))).toEqual([
        text,
        ANSWER,
      ])
    }
  })

  it('may be cut inside a UTF-8 sequence, an escape, and a run of backslashes', () => {
    for (const payload of ['é😀', '"', '\\', '\\"', '\\\\"\\', '}{][', `${'\\'.repeat(41)}"x`]) {
      const text = JSON.stringify({ type: 0, srcid: 1, privPoliId: 1, payload })
      const bytes = utf8Of(text)
      const whole = scan(bytes)
      expect(summary(whole)).toEqual([payload])
      for (const cut of everywhere(bytes)) expect(summary(scan(bytes, [cut]))).toEqual([payload])
      expect(scan(bytes, everywhere(bytes))).toEqual([{ ...whole[0], bytes }])
    }
  })

  it('keep unknown and nested fields in their bytes', () => {
    const text = QUESTION.replace('}', ',"extra":{"a":[1,{"b":"}"}]},"__proto__":{"type":9}}')
    expect(scanText(text).map((item) => textIn(item.bytes))).toEqual([text])
    expect(({} as { type?: unknown }).type).toBeUndefined()
  })

  it('follow a byte order mark at the very start, whole or cut, and nowhere else', () => {
    const mark = '\ufeff'
    expect(summary(scanText(mark + QUESTION))).toEqual(['xyz1'])
    expect(summary(scanText(mark + QUESTION, [1, 2, 3]))).toEqual(['xyz1'])
    expect(summary(scanText(` ${mark}${QUESTION}`))).toEqual([
      expect.stringMatching(/^fatal NOT_JSON: A byte order mark \(ef bb bf\) stands before/),
    ])
  })

  it('may be followed by NUL bytes, as from C, which are skipped and counted', () => {
    for (const nuls of ['\0', '\0\0', '\0'.repeat(900), '\n\0 \0']) {
      const stream = utf8Of(`${QUESTION}${nuls}${ANSWER}${nuls}`)
      for (const cuts of [[], everywhere(stream)]) {
        expect(summary(scan(stream, cuts))).toEqual(['xyz1', 'abcd'])
      }
      const scanner = new MessageScanner()
      scanner.push(stream)
      expect(scanner.skippedNuls).toBe(2 * nuls.replace(/[^\0]/g, '').length)
    }
  })

  it('are read the same whether JSON.parse proves their end or each byte is scanned', () => {
    const messages = ['é', 'a } b', '}{', '} {', '[[', '[', 'x'.repeat(200), 'x }'.repeat(90)].map(
      (payload) => JSON.stringify({ type: 0, srcid: 1, privPoliId: 1, payload }),
    )
    const deep = QUESTION.replace('}', `,"x":${'['.repeat(64)}${']'.repeat(64)}}`)
    for (const text of [...messages, deep, `${QUESTION}\ud800`, `${QUESTION}}`, `${QUESTION}x`]) {
      for (const stream of [text, QUESTION + text + QUESTION, `${text}\n${text}\n`]) {
        const bytes = utf8Of(stream)
        // A message in two reads is always scanned.
        const scanned = summary(scan(bytes, everywhere(bytes)))
        expect(summary(scan(bytes))).toEqual(scanned)
      }
    }
  })

  it('are read the same in a read after a longer one, which is guessed to be a single message', () => {
    const long = QUESTION.replace('xyz1', 'x'.repeat(500))
    for (const end of [ANSWER, `${QUESTION}\n${ANSWER}`, `${QUESTION}}`, '{}}']) {
      const bytes = utf8Of(long + end)
      expect(summary(scan(bytes, [long.length]))).toEqual(summary(scan(bytes, everywhere(bytes))))
    }
  })

  it('may be decoded by a function of the caller', () => {
    const decode = (bytes: Uint8Array): string => textIn(bytes).replace('your', 'mine')
    expect(summary(scanText(QUESTION.replace('xyz1', 'your'), [], { decode }))).toEqual(['mine'])
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
      const bytes = utf8Of(messages.flat().join(''))
      return fc.tuple(fc.constant(messages), fc.constant(bytes), cutsIn(bytes.length))
    })
    fc.assert(
      fc.property(stream, ([messages, bytes, cuts]) => {
        let start = 0
        const expected = messages.map(([text, after]) => {
          const end = start + utf8Of(text).length
          start = end + after.length
          return { kind: 'message', payload: JSON.parse(text).payload, text, end }
        })
        const found = scan(bytes, cuts).map((item) => ({
          kind: item.kind,
          payload: item.kind === 'message' && item.message.type === 0 && item.message.payload,
          text: textIn(item.bytes),
          end: item.end,
        }))
        expect(found).toEqual(expected)
      }),
    )
  })

  it('anything at all: never throws, and gives the same results in one read and byte by byte', () => {
    const noise = fc.oneof(
      fc.uint8Array({ maxLength: 40 }),
      fc.string({ unit: fc.constantFrom(...'{}[]":\\, x1\n'), maxLength: 30 }).map(utf8Of),
      fc
        .constantFrom(
          QUESTION,
          '{"type":0}',
          '{"a":"',
          '\ufeff',
          '[['.repeat(40),
          '{"a":'.repeat(65),
        )
        .map(utf8Of),
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
    'white space before a message': `${' '.repeat(full)}${QUESTION}`,
    'white space before a key': `{${' '.repeat(full)}${QUESTION.slice(1)}`,
    'NUL bytes': `${QUESTION}${'\0'.repeat(full)}`,
    'small messages': QUESTION.repeat(full / QUESTION.length),
  }

  it.each(Object.entries(streams))(
    'is in proportion to the bytes, in reads of any size: %s',
    (_, text) => {
      const bytes = utf8Of(text)
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
        expect(work.visited).toBeLessThan(4 * bytes.length)
        expect(work.copied).toBeLessThan(4 * bytes.length)
      }
    },
  )
})

it('decodes each message at most twice, also where the first `}` is inside of it', () => {
  let decoded = 0
  const decode = (bytes: Uint8Array): string => {
    decoded += bytes.length
    return textIn(bytes)
  }
  for (const payload of ['x', '} ', 'é} {']) {
    const text = JSON.stringify({ type: 0, srcid: 1, privPoliId: 1, payload: payload.repeat(50) })
    const bytes = utf8Of(text.repeat(100))
    decoded = 0
    expect(scan(bytes, [], { decode })).toHaveLength(100)
    expect(decoded).toBeLessThanOrEqual(2 * bytes.length)
  }
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
