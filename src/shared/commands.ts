// What can be asked of the engine: one union, with the schemas that check it at the boundary.
import * as v from 'valibot'
import {
  MAX_ID_CHARS,
  MAX_LATENCY_MS,
  MAX_PAYLOAD_CHARS,
  MAX_SEND_COUNT,
  MAX_SPEED,
  MIN_SPEED,
} from './limits'

const protocolId = v.pipe(
  v.string(),
  v.trim(),
  v.minLength(1, 'An id needs at least one character.'),
  v.maxLength(MAX_ID_CHARS, `An id has at most ${MAX_ID_CHARS} characters.`),
)
const nodeId = v.pipe(v.string(), v.minLength(1), v.maxLength(MAX_ID_CHARS + 32))
const payload = v.pipe(
  v.string(),
  v.maxLength(MAX_PAYLOAD_CHARS, `A payload has at most ${MAX_PAYLOAD_CHARS} characters.`),
)

/** Ids, policies and ports left out are chosen by the engine. */
const commandSchema = v.variant('type', [
  v.strictObject({
    type: v.literal('addServer'),
    id: v.optional(protocolId),
    policy: v.optional(protocolId),
    port: v.optional(v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(65_535))),
  }),
  v.strictObject({
    type: v.literal('addClient'),
    id: v.optional(protocolId),
    policy: v.optional(protocolId),
    payload: v.optional(payload),
  }),
  v.strictObject({
    type: v.literal('updateServer'),
    node: nodeId,
    id: v.optional(protocolId),
    policy: v.optional(protocolId),
    keepConnection: v.optional(v.boolean()),
  }),
  v.strictObject({
    type: v.literal('updateClient'),
    node: nodeId,
    id: v.optional(protocolId),
    policy: v.optional(protocolId),
    payload: v.optional(payload),
  }),
  /** An inside actor stops and leaves; an outside program is taken off the graph and out of the table. */
  v.strictObject({ type: v.literal('removeNode'), node: nodeId }),
  v.strictObject({
    type: v.literal('sendMessage'),
    client: nodeId,
    policy: v.optional(protocolId),
    payload: v.optional(payload),
    count: v.optional(
      v.pipe(
        v.number(),
        v.integer(),
        v.minValue(1, 'Send at least one message.'),
        v.maxValue(MAX_SEND_COUNT, `Send at most ${MAX_SEND_COUNT} messages at once.`),
      ),
    ),
  }),
  /** Every inside client sends its payload once, in order. */
  v.strictObject({ type: v.literal('sendAll') }),
  v.strictObject({ type: v.literal('pause') }),
  v.strictObject({ type: v.literal('resume') }),
  v.strictObject({
    type: v.literal('setSpeed'),
    speed: v.pipe(v.number(), v.minValue(MIN_SPEED), v.maxValue(MAX_SPEED)),
  }),
  v.strictObject({
    type: v.literal('setLatency'),
    latencyMs: v.pipe(v.number(), v.minValue(0), v.maxValue(MAX_LATENCY_MS)),
  }),
  /** Back to the scenario that the app started with. */
  v.strictObject({ type: v.literal('reset') }),
])

export type Command = v.InferOutput<typeof commandSchema>

/** `node`: the node that the command made or changed. `error`: a sentence for the person who asked. */
export type CommandResult = { ok: true; node?: string } | { ok: false; error: string }

/** Checks a command that came from outside; the error names the field at fault. */
export function parseCommand(
  value: unknown,
): { ok: true; command: Command } | { ok: false; error: string } {
  const result = v.safeParse(commandSchema, value)
  if (result.success) return { ok: true, command: result.output }
  const issue = result.issues[0]
  const path = v.getDotPath(issue)
  return { ok: false, error: path ? `${path}: ${issue.message}` : issue.message }
}
