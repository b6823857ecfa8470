import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { type Message, readMessage } from './message'

const question = { type: 0, srcid: 50, privPoliId: 111, payloadsize: 4, payload: 'xyz1' }
const registration = { type: 1, id: 100, privPolyId: 111, listenport: 3001 }
const answer = { type: 2, srcid: 100, destid: 50, payloadsize: 4, payload: 'abcd' }

function read(value: unknown): Message {
  const result = readMessage(value)
  if (!result.ok) throw new Error(result.fault.message)
  return result.value
}

function faultOf(value: unknown): string {
  const result = readMessage(value)
  return result.ok ? 'no fault' : `${result.fault.code}: ${result.fault.message}`
}

describe('readMessage', () => {
  it('reads the three types', () => {
    expect(read(question)).toEqual({
      type: 0,
      source: '50',
      rawSource: 50,
      policy: '111',
      payload: 'xyz1',
      notes: [],
    })
    expect(read(registration)).toEqual({
      type: 1,
      server: '100',
      policy: '111',
      listenPort: 3001,
      notes: [],
    })
    expect(read(answer)).toEqual({
      type: 2,
      source: '100',
      destination: '50',
      payload: 'abcd',
      notes: [],
    })
  })

  it('takes the type, ids, ports and sizes as strings', () => {
    expect(
      read({ ...question, type: '0', srcid: '50', privPoliId: 'PP_1', payloadsize: '4' }),
    ).toEqual({
      type: 0,
      source: '50',
      rawSource: '50',
      policy: 'PP_1',
      payload: 'xyz1',
      notes: ['TYPE_AS_STRING'],
    })
    expect(read({ ...registration, type: ' 1 ', id: ' S_1 ', listenport: ' 3001 ' })).toMatchObject(
      {
        type: 1,
        server: 'S_1',
        listenPort: 3001,
      },
    )
    expect(read({ ...answer, type: '2', srcid: '100', destid: '50' })).toMatchObject({
      source: '100',
      destination: '50',
    })
  })

  it('takes either spelling of the policy for the other, and notes it', () => {
    const { privPoliId, ...unasked } = question
    expect(read({ ...unasked, privPolyId: privPoliId })).toMatchObject({
      policy: '111',
      notes: ['POLICY_KEY_SPELT_OTHERWISE'],
    })
    const { privPolyId, ...unserved } = registration
    expect(read({ ...unserved, privPoliId: privPolyId })).toMatchObject({
      policy: '111',
      notes: ['POLICY_KEY_SPELT_OTHERWISE'],
    })
  })

  it('prefers the right spelling where both are there', () => {
    expect(read({ ...question, privPolyId: 222 })).toMatchObject({ policy: '111', notes: [] })
  })

  it('notes a payloadsize that is absent or wrong, and carries on', () => {
    const { payloadsize: _, ...unsized } = question
    expect(read(unsized).notes).toEqual(['PAYLOAD_SIZE_MISSING'])
    for (const payloadsize of [5, '3', -4, 4.5, null, 'four', [], {}]) {
      expect(read({ ...question, payloadsize }).notes).toEqual(['PAYLOAD_SIZE_WRONG'])
    }
  })

  it('takes payloadsize in UTF-16 units, in characters and in UTF-8 bytes', () => {
    for (const payloadsize of [4, 3, 7]) {
      expect(read({ ...question, payload: 'é😀x', payloadsize }).notes).toEqual([])
    }
    for (const payloadsize of [2, 5, 6, 8]) {
      expect(read({ ...question, payload: 'é😀x', payloadsize }).notes).toEqual([
        'PAYLOAD_SIZE_WRONG',
      ])
    }
  })

  it('ignores unknown fields', () => {
    expect(read({ ...question, colour: 'red', nested: { type: 9 } })).toEqual(read(question))
  })

  it('reads the error that an answer carries, whatever is in it', () => {
    expect(
      read({ ...answer, error: { code: 'SERVER_TIMEOUT', message: 'Too slow.' } }),
    ).toMatchObject({ error: { code: 'SERVER_TIMEOUT', message: 'Too slow.' } })
    expect(
      read({ ...answer, error: { code: { toString: 1, valueOf: 1 }, message: [] } }),
    ).toMatchObject({ error: { code: 'an object', message: 'an array' } })
    expect(read({ ...answer, error: null })).not.toHaveProperty('error')
  })

  it.each([
    [[], 'NOT_AN_OBJECT: A message is a JSON object, not an array.'],
    [null, 'NOT_AN_OBJECT: A message is a JSON object, not null.'],
    ['hello', 'NOT_AN_OBJECT: A message is a JSON object, not "hello".'],
    [{}, 'MISSING_FIELD: The field "type" is missing.'],
    [{ type: 3 }, 'UNKNOWN_TYPE: The field "type" is 3; it must be 0, 1 or 2.'],
    [{ type: '' }, 'UNKNOWN_TYPE: The field "type" is ""; it must be 0, 1 or 2.'],
    [{ type: null }, 'UNKNOWN_TYPE: The field "type" is null; it must be 0, 1 or 2.'],
    [{ type: false }, 'UNKNOWN_TYPE: The field "type" is false; it must be 0, 1 or 2.'],
  ])('names what is wrong with %j', (value, words) => {
    expect(faultOf(value)).toBe(words)
  })

  it.each([
    ...['srcid', 'privPoliId', 'payload'].map((field) => [question, field] as const),
    ...['id', 'privPolyId', 'listenport'].map((field) => [registration, field] as const),
    ...['srcid', 'destid', 'payload'].map((field) => [answer, field] as const),
  ])('names the field where %j lacks or misuses "%s"', (whole, field) => {
    expect(faultOf({ ...whole, [field]: undefined })).toBe(
      `MISSING_FIELD: The field "${field}" is missing.`,
    )
    expect(faultOf({ ...whole, [field]: null })).toContain(
      `WRONG_FIELD: The field "${field}" is null`,
    )
    expect(faultOf({ ...whole, [field]: {} })).toContain(
      `WRONG_FIELD: The field "${field}" is an object`,
    )
  })

  it('refuses ids that are empty, too long, or numbers that are not exact', () => {
    for (const srcid of [
      '',
      '  ',
      'x'.repeat(65),
      ' '.repeat(64) + 1,
      2 ** 53,
      Number.POSITIVE_INFINITY,
    ]) {
      expect(faultOf({ ...question, srcid })).toContain('WRONG_FIELD: The field "srcid"')
    }
    for (const srcid of ['x'.repeat(64), 2 ** 53 - 1, 0, -1]) {
      expect(read({ ...question, srcid })).toMatchObject({ source: String(srcid) })
    }
  })

  it('refuses numbers that are no ports', () => {
    for (const listenport of [0, 65_536, -1, 1.5, '', '80x', true]) {
      expect(faultOf({ ...registration, listenport })).toContain(
        'WRONG_FIELD: The field "listenport"',
      )
    }
    expect(read({ ...registration, listenport: 65_535 })).toMatchObject({ listenPort: 65_535 })
  })

  it('never throws, whatever the JSON', () => {
    const field = fc.oneof(
      fc.jsonValue(),
      fc.constantFrom(0, 1, 2, '0', '1', '2', {}, { toString: 0 }),
    )
    const names = ['type', 'srcid', 'destid', 'id', 'privPoliId', 'privPolyId', 'listenport']
    const keys = fc.constantFrom(...names, 'payload', 'payloadsize', 'error', '__proto__')
    fc.assert(
      fc.property(fc.oneof(fc.jsonValue(), fc.dictionary(keys, field)), (value) => {
        const result = readMessage(value)
        return result.ok || result.fault.message.length > 0
      }),
    )
  })
})
