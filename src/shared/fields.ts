// What a person may give to a node, by a command or in a scenario: an id, a policy, a payload.
import * as v from 'valibot'
import { MAX_ID_CHARS, MAX_PAYLOAD_CHARS } from './limits'

const TEXT = 'It is a text: put it in quotes.'

export const protocolId = v.pipe(
  v.string(TEXT),
  v.trim(),
  v.minLength(1, 'An id needs at least one character.'),
  v.maxLength(MAX_ID_CHARS, `An id has at most ${MAX_ID_CHARS} characters.`),
)
export const payload = v.pipe(
  v.string(TEXT),
  v.maxLength(MAX_PAYLOAD_CHARS, `A payload has at most ${MAX_PAYLOAD_CHARS} characters.`),
)
export const portNumber = v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(65_535))
