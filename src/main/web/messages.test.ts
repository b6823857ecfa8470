import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { MAX_PAYLOAD_CHARS } from '../../shared/limits'
import { MAX_CLIENT_MESSAGE_BYTES, parseClientMessage } from './messages'

const longName = 'x'.repeat(1_000)

describe('parseClientMessage', () => {
  it('reads each kind', () => {
    for (const message of [
      { kind: 'subscribe' },
      { kind: 'acknowledge', frame: 7 },
      { kind: 'discardSession', name: 'session-1-2-3.part' },
      { kind: 'command', id: 3, command: { type: 'sendAll' } },
    ]) {
      expect(parseClientMessage(JSON.stringify(message))).toEqual({ ok: true, message })
    }
  })

  it.each([
    ['no JSON', '{', 0],
    ['an array', '[]', 0],
    ['an unknown kind', '{"kind":"launch"}', 0],
    ['a frame that is no number', '{"kind":"acknowledge","frame":"1"}', 0],
    ['a name of any length', JSON.stringify({ kind: 'discardSession', name: longName }), 0],
    ['an unknown field', '{"kind":"subscribe","also":1}', 0],
    ['a known id, to answer it', '{"kind":"command","id":9,"command":{},"also":1}', 9],
  ])('refuses %s', (_, text, id) => {
    expect(parseClientMessage(text)).toMatchObject({ ok: false, id, error: expect.any(String) })
  })

  it('never throws', () => {
    fc.assert(
      fc.property(fc.oneof(fc.string(), fc.json()), (text) => {
        parseClientMessage(text)
      }),
    )
  })

  it('has room for the longest payload, however JSON spells it', () => {
    const payload = '\u0001'.repeat(MAX_PAYLOAD_CHARS)
    const command = { type: 'sendMessage', client: 'client:1', payload, count: 1000 }
    const text = JSON.stringify({ kind: 'command', id: Number.MAX_SAFE_INTEGER, command })
    expect(Buffer.byteLength(text)).toBeLessThanOrEqual(MAX_CLIENT_MESSAGE_BYTES)
  })
})
