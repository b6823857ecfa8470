// Fields that commands and scenario files share and that are no settings: an id or policy, a filter, the speed.
import * as v from 'valibot'
import {
  MAX_FILTER_CHARS,
  MAX_ID_CHARS,
  MAX_PLACES,
  MAX_SEED,
  MAX_SPEED,
  MIN_SPEED,
} from './limits'

/** `what`: `An id`, `A policy`. */
function idOf(what: string) {
  return v.pipe(
    v.string('It is a text: put it in quotes.'),
    v.trim(),
    v.minLength(1, `${what} needs at least one character.`),
    v.maxLength(MAX_ID_CHARS, `${what} has at most ${MAX_ID_CHARS} characters.`),
  )
}

export const protocolId = idOf('An id')
export const policyId = idOf('A policy')
/** Behind a prefix that says which kind of node it is. */
/** A program of the room has its machine's address in its id. */
export const nodeId = v.pipe(v.string(), v.minLength(1), v.maxLength(MAX_ID_CHARS + 80))

/** Names the link between a node and the proxy: `server:100`, `client:1`, of an inside or an outside node. */
export const linkField = v.pipe(
  v.string('A link is a text: “server:100” or “client:1”.'),
  v.regex(/^(server|client):./u, 'A link is “server:” or “client:” and an id: “server:100”, say.'),
  v.maxLength(MAX_ID_CHARS + 32),
)

const coordinate = v.pipe(
  v.number(),
  v.minValue(-1e6, 'A coordinate is at least -1000000.'),
  v.maxValue(1e6, 'A coordinate is at most 1000000.'),
)
/** Where people have put nodes (events.ts). */
export const places = v.pipe(
  v.array(v.strictObject({ node: nodeId, x: coordinate, y: coordinate })),
  v.maxLength(MAX_PLACES, `There are at most ${MAX_PLACES} places.`),
)

/** The seed of all chance in a lab. */
export const seed = v.pipe(
  v.number('A seed is a whole number without quotes.'),
  v.safeInteger('A seed is a whole number.'),
  v.minValue(0, `A seed is from 0 to ${MAX_SEED}.`),
  v.maxValue(MAX_SEED, `A seed is from 0 to ${MAX_SEED}.`),
)

const SPEED_WORDS = `A speed is a number from ${MIN_SPEED} to ${MAX_SPEED}.`
export const speed = v.pipe(
  v.number(SPEED_WORDS),
  v.minValue(MIN_SPEED, SPEED_WORDS),
  v.maxValue(MAX_SPEED, SPEED_WORDS),
)
export const filterText = v.pipe(
  v.string(),
  v.trim(),
  v.minLength(1, 'A breakpoint needs a condition: type:0, say.'),
  v.maxLength(MAX_FILTER_CHARS, `A condition has at most ${MAX_FILTER_CHARS} characters.`),
)
