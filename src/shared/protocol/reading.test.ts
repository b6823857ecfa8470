import { expect, it } from 'vitest'
import { composeClientMessage } from './compose'
import { readBytes } from './reading'

const bytesOf = (text: string) => new TextEncoder().encode(text)

it('reads a message with its fields as they were written', () => {
  const reading = readBytes(bytesOf('{"type":"0","srcid":4,"privPolyId":"111","payload":"xyz4"}'))
  expect(reading).toMatchObject({
    kind: 'message',
    fields: { type: '0', srcid: 4 },
    message: { type: 0, source: '4', policy: '111', payload: 'xyz4' },
  })
  expect(reading.kind === 'message' && reading.message.notes).toEqual([
    'TYPE_AS_STRING',
    'POLICY_KEY_SPELT_OTHERWISE',
    'PAYLOAD_SIZE_MISSING',
  ])
})

it('reads the same bytes only once', () => {
  const bytes = composeClientMessage('1', '111', 'x')
  expect(readBytes(bytes)).toBe(readBytes(bytes))
})

it('keeps the fields of an object that is no message, and names the fault', () => {
  expect(readBytes(bytesOf('{"type":9}'))).toMatchObject({
    kind: 'other',
    fields: { type: 9 },
    problem: expect.stringContaining('"type"'),
  })
})

it.each([
  ['not JSON', bytesOf('GET / HTTP/1.1'), 'an HTTP request'],
  ['not an object', bytesOf('[1]'), 'A message is a JSON object'],
  ['not UTF-8', new Uint8Array([0x7b, 0x22, 0xff, 0x22, 0x7d]), 'not UTF-8'],
])('says of bytes that are %s what they are not', (_name, bytes, problem) => {
  expect(readBytes(bytes)).toMatchObject({
    kind: 'unreadable',
    problem: expect.stringContaining(problem),
  })
})
