import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { readMessage } from './message'
import { nearNameWords } from './near-names'

const question = { type: 0, srcid: 1, privPoliId: 111, payloadsize: 4, payload: 'xyz1' }
const registration = { type: 1, id: 100, privPolyId: 111, listenport: 3001 }

/** The fault of a message whose field has another name. */
function renamed(fields: object, from: string, to: string): string | undefined {
  const entries = Object.entries(fields).map(([name, value]) => [name === from ? to : name, value])
  const read = readMessage(Object.fromEntries(entries))
  return read.ok ? undefined : read.fault.message
}

describe('a key that is nearly right', () => {
  it.each([
    [
      'privPoliId',
      [
        'privPolId',
        'PrivPoliID',
        'priv_poli_id',
        'privPolicyId',
        'prvPoliId',
        'policy',
        'policy_id',
      ],
    ],
    ['srcid', ['id', 'srcId', 'src_id', 'srcdi', 'scrid', 'source', 'client_id']],
    ['payload', ['Payload', 'payLoad', 'paylod', 'data', 'message']],
    ['type', ['Type', 'tpye', 'msg_type', 'kind']],
  ])('%s is meant', (meant, names) => {
    for (const name of names) {
      expect(renamed(question, meant, name)).toBe(
        `The field "${meant}" is missing. There is "${name}": is ${meant} meant?`,
      )
    }
  })

  it.each([
    ['listenport', ['listenPort', 'listen_port', 'port', 'listeport']],
    ['id', ['ID', 'srcid', 'serverId']],
    ['privPolyId', ['PrivPolyId', 'priv_poly', 'policy']],
  ])('%s of a registration is meant', (meant, names) => {
    for (const name of names) {
      expect(renamed(registration, meant, name)).toContain(`"${name}": is ${meant} meant?`)
    }
  })

  it('is never another field of the protocol, nor one that has little in common', () => {
    expect(renamed(question, 'srcid', 'zzz')).toBe('The field "srcid" is missing.')
    expect(nearNameWords({ type: 0, payloadsize: 4 }, 'payload')).toBe('')
    expect(nearNameWords({ listenport: 1, destid: 1 }, 'id')).toBe('')
  })

  it('is looked for in any object, however many names it has and however long they are', () => {
    fc.assert(
      fc.property(
        fc.dictionary(fc.string({ unit: 'binary', maxLength: 60 }), fc.anything()),
        (fields) => {
          expect(nearNameWords(fields, 'privPoliId').length).toBeLessThan(300)
        },
      ),
    )
  })
})

it('a type in words, or of another kind, says which number is meant', () => {
  const withType = (type: unknown, fields: object) => {
    const read = readMessage({ ...fields, type })
    return read.ok ? undefined : read.fault.message
  }
  expect(withType('register', registration)).toBe(
    'The field "type" is "register"; it must be 0, 1 or 2: a registration is 1.',
  )
  expect(withType('CLIENT', question)).toMatch(/: a message of a client is 0\.$/)
  expect(withType(null, registration)).toMatch(/is null; .*: a registration is 1\.$/)
  expect(withType(true, question)).toMatch(/is true; .*: a message of a client is 0\.$/)
  expect(withType(3, { destid: 1, payload: '' })).toMatch(/: an answer is 2\.$/)
  expect(withType(7, {})).toBe('The field "type" is 7; it must be 0, 1 or 2.')
})

it('a message with all fields of another type says which type that is', () => {
  const { type: _question, ...asked } = question
  const { type: _registration, ...registered } = registration
  const faultOf = (fields: object) => {
    const read = readMessage(fields)
    return read.ok ? undefined : read.fault.message
  }
  expect(faultOf({ ...asked, type: 2 })).toBe(
    'The field "destid" is missing. The other fields are those of another type: a message of a client is 0.',
  )
  expect(faultOf({ ...asked, type: 1 })).toContain('a message of a client is 0.')
  expect(faultOf({ ...registered, type: 0 })).toBe(
    'The field "srcid" is missing. The other fields are those of another type: a registration is 1.',
  )
  expect(faultOf({ type: 0, srcid: 1, destid: 2, payload: '' })).toContain('an answer is 2.')
})

it('a message that stands in a field of another object is found there', () => {
  const messages = [{ message: question }, { length: 70, data: JSON.stringify(question) }]
  for (const [index, fields] of messages.entries()) {
    const read = readMessage(fields)
    expect(!read.ok && read.fault.message).toBe(
      `The field "type" is missing. The message stands in the field "${['message', 'data'][index]}": send it by itself.`,
    )
  }
})
