import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { composeClientMessage, composeRegistration } from '../../../shared/protocol/compose'
import {
  base64Of,
  bytesOf,
  draftIn,
  type EditMode,
  type MessageDraft,
  messageDraftOf,
  switchDraft,
  withRightSize,
} from './message-draft'

const encode = (text: string) => new TextEncoder().encode(text)
const decode = (bytes: Uint8Array) => new TextDecoder().decode(bytes)

function made(draft: MessageDraft): string {
  const result = bytesOf(draft)
  return result.ok ? decode(result.bytes) : result.problem
}

function fieldsOf(text: string): Extract<MessageDraft, { mode: 'fields' }> {
  const draft = messageDraftOf(encode(text))
  if (draft.mode !== 'fields') throw new Error(`edited as ${draft.mode}`)
  return draft
}

/** Types a new value into the field at this index. */
function typed(text: string, place: number, value: string): MessageDraft {
  const draft = fieldsOf(text)
  return {
    ...draft,
    fields: draft.fields.map((field, index) => (index === place ? { ...field, value } : field)),
  }
}

const bytes = fc.oneof(
  fc.uint8Array({ minLength: 1, maxLength: 40 }),
  fc.string({ unit: 'binary', minLength: 1 }).map(encode),
  fc.dictionary(fc.string(), fc.jsonValue()).map((value) => encode(JSON.stringify(value, null, 1))),
)
const modes = fc.array(fc.constantFrom<EditMode>('fields', 'text', 'hex'), { maxLength: 5 })

describe('a draft', () => {
  it('that nobody has touched is the packet, in whatever ways it was looked at', () => {
    fc.assert(
      fc.property(bytes, modes, (original, looks) => {
        let draft = messageDraftOf(original)
        for (const mode of looks) {
          const switched = switchDraft(draft, mode)
          if (switched.ok) draft = switched.draft
        }
        expect(bytesOf(draft)).toEqual({ ok: true, bytes: original })
      }),
    )
  })

  it('is edited as fields where there are some, as text where it is text, else as hex', () => {
    expect(messageDraftOf(composeRegistration('1', '2', 80)).mode).toBe('fields')
    expect(messageDraftOf(encode('GET / HTTP/1.1\n')).mode).toBe('text')
    expect(messageDraftOf(encode('GET / HTTP/1.1\r\n')).mode).toBe('hex')
    expect(messageDraftOf(new Uint8Array([0xff])).mode).toBe('hex')
    expect(messageDraftOf(encode('{}')).mode).toBe('text')
  })

  it('changes the value that was typed and leaves all else as it was written', () => {
    const text = '{ "type" : 0,\n\t"sr\\u0063id":"4", "payload":"ä" }'
    expect(made(typed(text, 0, '2'))).toBe('{ "type" : 2,\n\t"sr\\u0063id":"4", "payload":"ä" }')
    expect(made(typed(text, 2, '"ö€"'))).toBe(
      '{ "type" : 0,\n\t"sr\\u0063id":"4", "payload":"ö€" }',
    )
  })

  it('is written anew where a field was added, renamed or taken away', () => {
    const draft = fieldsOf('{ "a": 1, "b": "x" }')
    const [a, b] = draft.fields
    if (!a || !b) throw new Error('two fields')
    expect(made({ ...draft, fields: [a, b, { name: 'c"', value: '[2]' }] })).toBe(
      '{"a":1,"b":"x","c\\"":[2]}',
    )
    expect(made({ ...draft, fields: [b] })).toBe('{"b":"x"}')
    expect(made({ ...draft, fields: [{ ...a, name: 'b' }, b] })).toBe('{"b":1,"b":"x"}')
    expect(made({ ...draft, fields: [] })).toBe('{}')
  })

  it('takes what is typed for a text as a text, without quotes too, and nothing else so', () => {
    const text = '{"srcid":"4","size":1,"payload":"x"}'
    expect(made(typed(text, 2, 'xyz "4"'))).toBe('{"srcid":"4","size":1,"payload":"xyz \\"4\\""}')
    expect(made(typed(text, 2, '"xyz4"'))).toBe('{"srcid":"4","size":1,"payload":"xyz4"}')
    expect(made(typed(text, 2, ''))).toBe('{"srcid":"4","size":1,"payload":""}')
    expect(made(typed(text, 0, '5'))).toBe('{"srcid":"5","size":1,"payload":"x"}')
    expect(made(typed(text, 1, '5'))).toBe('{"srcid":"4","size":5,"payload":"x"}')
    expect(bytesOf(typed(text, 1, 'five')).ok).toBe(false)
    expect(bytesOf(typed(text, 2, '"xyz')).ok).toBe(false)
  })

  it('tells at which field a value is not JSON, and how a text is written', () => {
    expect(bytesOf(typed('{"type":0,"payload":1}', 1, 'xyz4'))).toEqual({
      ok: false,
      field: 1,
      problem: 'The value of payload is not JSON. A text stands in quotes: "xyz4".',
    })
    expect(made(typed('{"payload":1}', 0, ' '))).toBe(
      'The value of payload is empty. An empty text is written "".',
    )
  })

  it('keeps what was typed when it is looked at in another way', () => {
    const half = switchDraft(typed('{"a":1,"b":2}', 0, 'xyz'), 'text')
    expect(half).toEqual({ ok: true, draft: { mode: 'text', text: '{"a":xyz,"b":2}' } })
    expect(half.ok && switchDraft(half.draft, 'fields')).toEqual({
      ok: false,
      problem: 'Only a JSON object with fields can be edited field by field.',
    })
    expect(switchDraft({ mode: 'text', text: '{"a":"ä"}' }, 'fields')).toMatchObject({
      draft: { fields: [{ name: 'a', value: '"ä"' }] },
    })
    expect(switchDraft({ mode: 'hex', hex: '7b 2' }, 'text').ok).toBe(false)
    expect(draftIn('text', new Uint8Array([0xff])).ok).toBe(false)
  })

  it('takes hex with any white space, in capitals too, and names what is none', () => {
    expect(made({ mode: 'hex', hex: '7B22\n 612 2' })).toBe('{"a"')
    expect(made({ mode: 'hex', hex: '7g' })).toBe('"g" is no hex digit.')
    expect(made({ mode: 'hex', hex: '7' })).toContain('one too few')
    expect(made({ mode: 'hex', hex: ' ' })).toBe('A packet has at least one byte.')
    expect(made({ mode: 'text', text: '' })).toBe('A packet has at least one byte.')
  })
})

describe('setting payloadsize right', () => {
  const fixed = (text: string) => {
    const right = withRightSize(encode(text))
    return right && decode(right.bytes)
  }

  it('changes the number and nothing else, and a text stays a text', () => {
    const tail = '"srcid":1, "privPoliId":2, "payload":"äb" }'
    expect(fixed(`{ "type":0, "payloadsize": 9, ${tail}`)).toBe(
      `{ "type":0, "payloadsize": 3, ${tail}`,
    )
    expect(fixed(`{ "type":0, "payloadsize":"9", ${tail}`)).toBe(
      `{ "type":0, "payloadsize":"3", ${tail}`,
    )
  })

  it('is offered as soon as the payload was made longer', () => {
    const message = decode(composeClientMessage('1', '2', 'xyz1'))
    const place = fieldsOf(message).fields.findIndex(({ name }) => name === 'payload')
    const edited = bytesOf(typed(message, place, 'xyz1 and more'))
    expect(edited.ok && withRightSize(edited.bytes)).toMatchObject({ size: 13 })
  })

  it('adds it before the payload where it is missing', () => {
    expect(fixed('{"type":0,"srcid":1,"privPoliId":2, "payload":"x"}')).toBe(
      '{"type":0,"srcid":1,"privPoliId":2, "payloadsize":1,"payload":"x"}',
    )
  })

  it('leaves alone what fits, and what has no payload', () => {
    expect(withRightSize(composeClientMessage('1', '2', 'ä'))).toBeUndefined()
    expect(withRightSize(composeRegistration('1', '2', 80))).toBeUndefined()
    expect(withRightSize(encode('{"type":0}'))).toBeUndefined()
    expect(withRightSize(encode('no JSON'))).toBeUndefined()
  })
})

const fromBase64 = (text: string) =>
  Uint8Array.from(atob(text), (character) => character.charCodeAt(0))

it('writes bytes as base64, however many', () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 100 }), (some) => {
      expect(fromBase64(base64Of(some))).toEqual(some)
    }),
  )
  const many = new Uint8Array(100_000).fill(0xfb)
  expect(fromBase64(base64Of(many))).toEqual(many)
})
