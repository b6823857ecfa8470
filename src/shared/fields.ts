// Fields that commands and scenario files share and that are no settings: an id or policy, a filter, the speed.
import * as v from 'valibot'
import { MAX_FILTER_CHARS, MAX_ID_CHARS, MAX_SPEED, MIN_SPEED } from './limits'

export const protocolId = v.pipe(
  v.string('It is a text: put it in quotes.'),
  v.trim(),
  v.minLength(1, 'An id needs at least one character.'),
  v.maxLength(MAX_ID_CHARS, `An id has at most ${MAX_ID_CHARS} characters.`),
)
export const speed = v.pipe(v.number(), v.minValue(MIN_SPEED), v.maxValue(MAX_SPEED))
export const filterText = v.pipe(
  v.string(),
  v.trim(),
  v.minLength(1, 'A breakpoint needs a condition: type:0, say.'),
  v.maxLength(MAX_FILTER_CHARS, `A condition has at most ${MAX_FILTER_CHARS} characters.`),
)
