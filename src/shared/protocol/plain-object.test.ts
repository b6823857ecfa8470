import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { readMessage } from './message'
import { readPlain } from './plain-object'
import {
  ANSWER,
  everywhere,
  QUESTION,
  REGISTRATION,
  scan,
  summary,
  textIn,
  utf8Of,
} from './scanner.testing'

const readText = (text: string) => readPlain(utf8Of(text), text)
const long = 'The packets went round and round. '.repeat(20)

describe('readPlain', () => {
  it.each([
    QUESTION,
    REGISTRATION,
    ANSWER,
    '{ "type" : 0 , "srcid" :  1 , "privPoliId": "PP_1", "payload": "" }',
    '{"payload":"{[,:]}","payloadsize":5,"type":"0","privPolyId":"111","srcid":999999999999999}',
    '{"type":1,"id":"","listenport":0}',
    JSON.stringify({ type: 0, srcid: '\x7f', privPoliId: 1, payload: long }),
  ])('reads %s like JSON.parse', (text) => {
    expect(readText(text)).toEqual(JSON.parse(text))
  })

  it.each([
    ['an escape', '{"payload":"\\u0041"}'],
    ['an escape far inside', `{"payload":"${long}\\n${long}"}`],
    ['an escaped quote far inside', `{"payload":"${long}\\"${long}"}`],
    ['a character that is not ASCII', '{"payload":"é"}'],
    ['a name that is not of the protocol', '{"type":0,"payloads":"x"}'],
    ['the beginning of a name', '{"payload'],
    ['no quote before a name', '{xtype":0}'],
    ['no brace', '["type":0}'],
    ['a name that comes twice', '{"type":1,"type":2}'],
    ['a nested value', '{"type":[0]}'],
    ['a fraction', '{"type":0.5}'],
    ['a sign', '{"type":-1}'],
    ['an exponent', '{"type":1e3}'],
    ['a zero in front', '{"type":00}'],
    ['a number that may not be exact', '{"srcid":9007199254740993}'],
    ['a literal', '{"type":null}'],
    ['a line break between fields', '{"type":0,\n"srcid":1}'],
    ['a comma too many', '{"type":0,}'],
    ['no comma', '{"type":0"srcid":1}'],
    ['no value', '{"type":}'],
    ['no end', '{"type":0'],
    ['no end of its text', '{"payload":"x'],
    ['something after its end', '{"type":0} '],
    ['no fields', '{}'],
  ])('leaves an object with %s to JSON.parse', (_, text) => {
    expect(readText(text)).toBeUndefined()
  })

  it('finds a control character wherever it is in a text, and wherever the bytes begin', () => {
    for (const length of [40, 128, 129, 161]) {
      const message = utf8Of(`{"payload":"${'x'.repeat(length)}"}`)
      const from = '{"payload":"'.length
      for (let offset = 0; offset < 4; offset++) {
        const bytes = new Uint8Array(offset + message.length).subarray(offset)
        bytes.set(message)
        expect(readPlain(bytes, textIn(bytes))).toMatchObject({ payload: 'x'.repeat(length) })
        for (let at = from; at < from + length; at++) {
          bytes[at] = at % 32
          expect(readPlain(bytes, textIn(bytes))).toBeUndefined()
          bytes[at] = 0x7f
          expect(readPlain(bytes, textIn(bytes))).toBeDefined()
          bytes[at] = 0x78
        }
      }
    }
  })
})

const name = fc.constantFrom(
  ...['type', 'srcid', 'destid', 'id', 'privPoliId', 'privPolyId', 'listenport'],
  ...['payload', 'payloadsize', 'error', '__proto__', 'pay', ''],
)
const text = fc.oneof(
  fc.string({ maxLength: 300 }),
  fc.string({ unit: 'binary', maxLength: 40 }),
  fc.constantFrom('0', '1', '2', ' 0', long, `${long}\\${long}`, `${long}\n`, `"${long}`),
)
const value = fc.oneof(
  { weight: 4, arbitrary: text.map((value) => JSON.stringify(value)) },
  { weight: 4, arbitrary: fc.oneof(fc.nat(3), fc.maxSafeNat(), fc.double()).map(String) },
  fc.constantFrom('00', '01', '-0', '1e2', '1.0', 'null', '[]', '{"a":"}"}', '"\t"', '"x', ''),
)
const gap = fc.constantFrom('', '', '', ' ', '  ', '\n', '\t')
const object = fc
  .array(fc.tuple(gap, name, gap, gap, value, gap), { maxLength: 9 })
  .map((fields) => {
    const words = fields.map(([a, name, b, c, value, d]) => `${a}"${name}"${b}:${c}${value}${d}`)
    return `{${words.join(',')}}`
  })
const whole = fc
  .record({
    type: fc.constantFrom(0, 1, 2, '0'),
    srcid: fc.nat(),
    destid: fc.oneof(fc.nat(), fc.string()),
    id: fc.nat(),
    privPoliId: fc.nat(),
    listenport: fc.integer({ min: 1, max: 65_535 }),
    payload: text,
  })
  .map((fields) => JSON.stringify(fields))
const mutated = fc
  .tuple(whole, fc.array(fc.tuple(fc.nat(400), fc.nat(255)), { maxLength: 2 }), fc.nat(3))
  .map(([text, changes, offset]) => {
    const bytes = utf8Of(' '.repeat(offset) + text).subarray(offset)
    for (const [at, byte] of changes) if (at < bytes.length) bytes[at] = byte
    return bytes
  })
const anyBytes = fc.oneof(object.map(utf8Of), mutated)

describe('laws', () => {
  it('a plain object is the same message as the one that JSON.parse returns', () => {
    let plain = 0
    fc.assert(
      fc.property(anyBytes, (bytes) => {
        const text = textIn(bytes)
        const fields = readPlain(bytes, text)
        if (fields === undefined) return
        plain++
        const parsed = JSON.parse(text)
        expect(fields).toEqual(parsed)
        const read = readMessage(fields)
        if (read.ok) expect(read).toEqual(readMessage(parsed))
      }),
      { numRuns: 2_000 },
    )
    expect(plain).toBeGreaterThan(200)
  })

  it('one read finds the same as reads of one byte, which never read an object as plain', () => {
    fc.assert(
      fc.property(anyBytes, (bytes) => {
        const found = scan(bytes)
        const slowly = scan(bytes, everywhere(bytes))
        expect(summary(found)).toEqual(summary(slowly))
        const messages = found.filter(({ kind }) => kind === 'message')
        expect(slowly.filter(({ kind }) => kind === 'message')).toEqual(messages)
      }),
      { numRuns: 1_000 },
    )
  })
})
