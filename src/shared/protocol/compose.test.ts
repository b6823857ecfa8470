import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  composeAnswer,
  composeClientMessage,
  composeErrorAnswer,
  composeRegistration,
} from './compose'
import { fault } from './errors'
import { readMessage } from './message'

const text = (bytes: Uint8Array): string => new TextDecoder().decode(bytes)
const read = (bytes: Uint8Array) => readMessage(JSON.parse(text(bytes)))

const id = fc.oneof(
  fc.nat().map(String),
  fc.string({ minLength: 1, maxLength: 32, unit: 'grapheme' }).filter(fits),
  fc.constantFrom('007', '-1', '1e3', '0', '123456789012345', '1234567890123456789', '1.0'),
)
function fits(id: string): boolean {
  return id.trim() === id && id.length > 0 && id.length <= 64
}

describe('compose', () => {
  it('writes the messages of the classic homework', () => {
    expect(text(composeClientMessage('1', '111', 'xyz1'))).toBe(
      '{"type":0,"srcid":1,"privPoliId":111,"payloadsize":4,"payload":"xyz1"}',
    )
    expect(text(composeRegistration('100', 'PP_1', 3001))).toBe(
      '{"type":1,"id":100,"privPolyId":"PP_1","listenport":3001}',
    )
    expect(text(composeAnswer('100', '1', 'abcd'))).toBe(
      '{"type":2,"srcid":100,"destid":1,"payloadsize":4,"payload":"abcd"}',
    )
  })

  it('writes error answers that every type-2 reader survives', () => {
    const bytes = composeErrorAnswer('50', fault('NO_SERVER_FOR_POLICY', 'Nobody serves 9.'))
    expect(text(bytes)).toBe(
      '{"type":2,"srcid":0,"destid":"50","payloadsize":16,"payload":"Nobody serves 9.","error":{"code":"NO_SERVER_FOR_POLICY","message":"Nobody serves 9."}}',
    )
    expect(read(bytes)).toMatchObject({ ok: true, value: { destination: '50', notes: [] } })
  })

  it('writes an error answer whose payloadsize is that of its sentence in UTF-8, as programs in C read it', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (message) => {
        const { payload, payloadsize } = JSON.parse(
          text(composeErrorAnswer(1, fault('NOT_JSON', message))),
        )
        expect(payload).toBe(message)
        expect(payloadsize).toBe(new TextEncoder().encode(message).length)
      }),
    )
  })

  it('is read back as it was meant, without a note', () => {
    const payload = fc.string({ unit: 'binary' })
    fc.assert(
      fc.property(id, id, payload, (source, policy, payload) => {
        expect(read(composeClientMessage(source, policy, payload))).toMatchObject({
          ok: true,
          value: { type: 0, source, policy, payload, notes: [] },
        })
      }),
    )
    fc.assert(
      fc.property(id, id, fc.integer({ min: 1, max: 65_535 }), (server, policy, listenPort) => {
        expect(read(composeRegistration(server, policy, listenPort))).toEqual({
          ok: true,
          value: { type: 1, server, policy, listenPort, notes: [] },
        })
      }),
    )
    fc.assert(
      fc.property(id, id, (source, destination) => {
        expect(read(composeAnswer(source, destination, 'da39a3ee'))).toEqual({
          ok: true,
          value: { type: 2, source, destination, payload: 'da39a3ee', notes: [] },
        })
      }),
    )
  })
})
