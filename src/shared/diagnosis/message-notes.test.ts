import { createHash } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import {
  composeAnswer,
  composeClientMessage,
  composeErrorAnswer,
  composeRegistration,
} from '../protocol/compose'
import { type AnsweredMessage, notesOn } from './message-notes'

const bytesOf = (value: unknown) =>
  new TextEncoder().encode(typeof value === 'string' ? value : JSON.stringify(value))
const question = { type: 0, srcid: 4, privPoliId: 111, payloadsize: 4, payload: 'xyz4' }
const answer = { type: 2, srcid: 300, destid: 4, payloadsize: 40 }

const textsOf = (bytes: Uint8Array, answered?: AnsweredMessage) =>
  notesOn(bytes, answered).map(({ text }) => text)

const sha1 = (text: string) => createHash('sha1').update(text).digest('hex')

function messageWith(payload: string, received = payload): AnsweredMessage {
  const hashed = (text: string) => ({ payload: text, hash: sha1(text) })
  return { client: '4', sent: hashed(payload), received: hashed(received) }
}

it('has nothing to say of messages as they should be', () => {
  const answered = messageWith('xyz4')
  for (const bytes of [
    composeClientMessage('4', '111', 'xyz4 ä😀'),
    composeRegistration('100', '111', 2105),
    composeAnswer('300', '4', answered.sent.hash ?? ''),
    composeErrorAnswer(4, { code: 'NO_SERVER_FOR_POLICY', message: 'Nobody.' }),
  ]) {
    expect(notesOn(bytes, answered)).toEqual([])
  }
})

it('says both numbers where payloadsize does not match', () => {
  expect(textsOf(bytesOf({ ...question, payloadsize: 5 }))).toEqual([
    'payloadsize says 5, but the payload has 4 characters.',
  ])
  expect(textsOf(bytesOf({ ...question, payload: 'äö', payloadsize: 9 }))).toEqual([
    'payloadsize says 9, but the payload has 2 characters (4 bytes).',
  ])
})

it('says how long the payload is where payloadsize is missing', () => {
  const { payloadsize: _, ...unsized } = question
  expect(textsOf(bytesOf(unsized))[0]).toMatch(
    /^payloadsize is missing; the payload has 4 characters\./,
  )
})

it('names the key that was used for the policy and the right one', () => {
  const { privPoliId, ...unasked } = question
  expect(textsOf(bytesOf({ ...unasked, privPolyId: privPoliId }))[0]).toMatch(
    /under "privPolyId"; in a message of type 0 the key is "privPoliId"/,
  )
  expect(textsOf(bytesOf({ type: 1, id: 1, privPoliId: 111, listenport: 80 }))[0]).toMatch(
    /under "privPoliId"; in a message of type 1 the key is "privPolyId"/,
  )
})

it('names the numbers that were written as texts, and no names', () => {
  expect(textsOf(bytesOf({ ...question, type: '0', srcid: '4', privPoliId: 'PP_1' }))[0]).toMatch(
    /^type and srcid are numbers written as texts: "0"\./,
  )
  expect(textsOf(bytesOf({ ...question, payloadsize: '4' }))[0]).toMatch(
    /^payloadsize is a number written as a text: "4"\./,
  )
})

describe('an answer', () => {
  it('with a wrong hash is told what was expected and what came', () => {
    const answered = messageWith('xyz4')
    const got = sha1('something else')
    expect(textsOf(bytesOf({ ...answer, payload: got }), answered)).toEqual([
      `The hash is wrong. Expected ${answered.sent.hash}, the SHA-1 of "xyz4"; got ${got}.`,
    ])
  })

  it('that is right for what the server got is not held against the server', () => {
    const answered = messageWith('xyz4', 'edited')
    expect(textsOf(bytesOf({ ...answer, payload: answered.received?.hash }), answered)[0]).toMatch(
      /It is the hash of "edited", which the server got: the message was edited on its way\.$/,
    )
  })

  it('in capital letters is right, but not as it should be written', () => {
    const answered = messageWith('xyz4')
    expect(
      textsOf(bytesOf({ ...answer, payload: answered.sent.hash?.toUpperCase() }), answered),
    ).toEqual([expect.stringContaining('capital letters')])
  })

  it('that is no hash at all is told so, whether or not the question is known', () => {
    expect(textsOf(bytesOf({ ...answer, payload: 'hello', payloadsize: 5 }))).toEqual([
      'The payload is no SHA-1 hash: that has 40 hex digits; this is "hello".',
    ])
  })

  it('to somebody who did not ask is told who did', () => {
    const answered = messageWith('xyz4')
    expect(
      textsOf(bytesOf({ ...answer, destid: 5, payload: answered.sent.hash }), answered),
    ).toEqual(['destid is 5, but client 4 asked.'])
  })

  it('is not judged before the hash is known', () => {
    const answered = { client: '4', sent: { payload: 'x', hash: undefined }, received: undefined }
    expect(textsOf(bytesOf({ ...answer, payload: sha1('y') }), answered)).toEqual([])
  })
})

it('names fields that are there more than once', () => {
  expect(
    textsOf(bytesOf('{"type":0,"srcid":1,"privPoliId":1,"srcid":2,"payload":"","payloadsize":0}')),
  ).toEqual([
    '"srcid" is there twice. The last one counts here; other programs may take the first.',
  ])
})

it('takes no colon within a text for a repeated field', () => {
  expect(textsOf(bytesOf({ ...question, payload: 'a:b:c', payloadsize: 5 }))).toEqual([])
  expect(
    textsOf(
      bytesOf('{"type":0,"srcid":1,"privPoliId":1,"payload":":","payload":":","payloadsize":1}'),
    ),
  ).toEqual([
    '"payload" is there twice. The last one counts here; other programs may take the first.',
  ])
})

it('mentions fields that the protocol does not know, without finding fault', () => {
  expect(notesOn(bytesOf({ ...question, colour: 'red', mood: 1 }))).toEqual([
    {
      id: 'unknown-fields',
      level: 'info',
      text: 'The protocol does not know the fields "colour" and "mood". They are passed on as they came.',
    },
  ])
  const many = Object.fromEntries(Array.from({ length: 50 }, (_, index) => [`f${index}`, 0]))
  expect(textsOf(bytesOf({ ...question, ...many }))[0]).toContain('and 44 more')
})

it.each([
  [
    'not UTF-8',
    new Uint8Array([0x7b, 0x22, 0xff, 0x22, 0x7d]),
    /not UTF-8: byte 2 \(ff\), near "\{.*; in Latin-1 it is "ÿ"/,
  ],
  ['pickle', new Uint8Array([0x80, 4, 0x95, 0x53]), /Python’s pickle.*use json\.dumps/i],
  ['cut', new Uint8Array([0x7b, 0x22, 0xc3]), /begun and not finished/],
  ['not JSON', bytesOf('{"ä":1,!}'), /not JSON: a key in double quotes was due \(byte 8, near/],
  ['two objects', bytesOf('{"a":1} {"b":2}'), /something follows it, from byte 7 on/],
  ['no object', bytesOf('[1]'), /starts with \{; found \[/],
  ['white space', bytesOf(' '), /nothing in these bytes/],
  ['no message', bytesOf({ type: 9 }), /must be 0, 1 or 2/],
])('says where bytes that are %s go wrong', (_name, bytes, words) => {
  expect(notesOn(bytes)).toMatchObject([{ level: 'fault', text: expect.stringMatching(words) }])
})
