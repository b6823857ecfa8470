import { expect, it } from 'vitest'
import { fault, type ReplyForm } from './errors'
import { composeFaultAnswer, foreignAnswerWords } from './fault-answer'
import { readBytes } from './reading'

const text = (bytes: Uint8Array) => new TextDecoder('latin1').decode(bytes)

function answerIn(replyAs: ReplyForm, webPort?: number): Uint8Array {
  const message = 'These bytes are of another protocol.'
  return composeFaultAnswer(0, { code: 'OTHER_PROTOCOL', message, replyAs }, webPort)
}

it('answers in this protocol unless the sender speaks another that has a way to refuse', () => {
  const answer = readBytes(composeFaultAnswer('7', fault('NOT_JSON'), undefined))
  expect(answer).toMatchObject({ kind: 'message', message: { type: 2, destination: '7' } })
})

it('refuses HTTP with a proper 400 that says what this port is and where the app is', () => {
  const [head = '', body = ''] = text(answerIn('http', 8080)).split('\r\n\r\n')
  const [status, ...headers] = head.split('\r\n')
  expect(status).toBe('HTTP/1.1 400 Bad Request')
  expect(headers).toContain('Content-Type: text/plain; charset=utf-8')
  expect(headers).toContain('Connection: close')
  expect(headers).toContain(`Content-Length: ${body.length}`)
  expect(body).toMatch(/^This is the proxy of Roundabout.* at http:\/\/127\.0\.0\.1:8080\/: open/)
  expect(text(answerIn('http'))).toContain('The app is in its own window.')
})

it.each([
  ['tls', [0x15, 3, 1, 0, 2, 2, 40]],
  ['mqtt', [0x20, 2, 0, 1]],
  ['socks4', [0, 0x5b, 0, 0, 0, 0, 0, 0]],
  ['socks5', [5, 0xff]],
] as const)('refuses in the form of %s', (form, bytes) => {
  expect([...answerIn(form)]).toEqual(bytes)
})

it('refuses in a line of text, and in one for Redis', () => {
  expect(text(answerIn('line'))).toMatch(/^Roundabout: This is the proxy.*\r\n$/)
  expect(text(answerIn('redis'))).toMatch(/^-ERR Roundabout: This is the proxy.*\r\n$/)
})

it('refuses PostgreSQL with an error of the length that it says', () => {
  const bytes = answerIn('postgres')
  expect(new DataView(bytes.buffer, bytes.byteOffset).getUint32(1)).toBe(bytes.length - 1)
  const fields = text(bytes.subarray(5)).split('\0')
  expect(fields.slice(0, 3)).toEqual(['SFATAL', 'VFATAL', 'C08P01'])
  expect(fields.slice(4)).toEqual(['', ''])
})

it('is known again in the inspector', () => {
  for (const form of [
    'http',
    'tls',
    'redis',
    'line',
    'mqtt',
    'socks4',
    'socks5',
    'postgres',
  ] as const) {
    expect(foreignAnswerWords(answerIn(form))).toMatch(/^The answer of Roundabout in /)
  }
  expect(
    foreignAnswerWords(new TextEncoder().encode('HTTP/1.1 400 Bad Request\r\nServer: nginx')),
  ).toBe(undefined)
})
