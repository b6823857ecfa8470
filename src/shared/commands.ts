// What can be asked of the engine: one union, with the schemas that check it at the boundary.
import * as v from 'valibot'
import { payload, portNumber, protocolId } from './fields'
import { UNQUOTED, wordsInLog } from './issue-words'
import {
  MAX_FILTER_CHARS,
  MAX_ID_CHARS,
  MAX_LATENCY_MS,
  MAX_MESSAGE_BYTES,
  MAX_SEND_COUNT,
  MAX_SPEED,
  MIN_SPEED,
} from './limits'
import { scenarioSchema } from './scenario-file'

const nodeId = v.pipe(v.string(), v.minLength(1), v.maxLength(MAX_ID_CHARS + 32))
const number = v.pipe(v.number(), v.safeInteger(), v.minValue(1))
const base64 = v.pipe(
  v.string(),
  v.minLength(1, 'A packet has at least one byte.'),
  v.maxLength(4 * Math.ceil(MAX_MESSAGE_BYTES / 3), 'A message has at most a megabyte.'),
  v.base64(),
)

/** Ids, policies and ports left out are chosen by the engine. */
const commandSchema = v.variant('type', [
  v.strictObject({
    type: v.literal('addServer'),
    id: v.optional(protocolId),
    policy: v.optional(protocolId),
    port: v.optional(portNumber),
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
  /** Goes to the next scheduled thing, lets the sockets settle, and stays paused there. Running, it pauses first. */
  v.strictObject({ type: v.literal('step') }),
  /** Steps until the proxy has made a decision. */
  v.strictObject({ type: v.literal('stepToDecision') }),
  /** Steps until this packet's exchange is finished; a packet of none, until it has arrived. */
  v.strictObject({ type: v.literal('stepToEnd'), packet: number }),
  /** Sets a new breakpoint or, with an id, changes one. */
  v.strictObject({
    type: v.literal('setBreakpoint'),
    id: v.optional(number),
    filter: v.pipe(
      v.string(),
      v.trim(),
      v.minLength(1, 'A breakpoint needs a condition: type:0, say.'),
      v.maxLength(MAX_FILTER_CHARS, `A condition has at most ${MAX_FILTER_CHARS} characters.`),
    ),
    once: v.optional(v.boolean()),
    enabled: v.optional(v.boolean()),
  }),
  v.strictObject({ type: v.literal('removeBreakpoint'), id: number }),
  /** A held packet goes on its way. */
  v.strictObject({ type: v.literal('release'), packet: number }),
  v.strictObject({ type: v.literal('releaseAll') }),
  /** A held packet is taken off its link: its receiver never sees it. */
  v.strictObject({ type: v.literal('drop'), packet: number }),
  /** A held packet goes on its way, and a copy of it right behind. */
  v.strictObject({ type: v.literal('sendTwice'), packet: number }),
  /** Changes the bytes of a held packet; they are one message, or bytes that are none. */
  v.strictObject({ type: v.literal('edit'), packet: number, bytes: base64 }),
  /** Back to the scenario that was opened last, or else the one that the app started with. */
  v.strictObject({ type: v.literal('reset') }),
  /** The lab ends, and begins anew with this scenario: running, unless that says otherwise. */
  v.strictObject({ type: v.literal('openScenario'), scenario: scenarioSchema }),
])

export type Command = v.InferOutput<typeof commandSchema>

/** `node`: the node that the command made or changed. `error`: a sentence for the person who asked. */
export type CommandResult = { ok: true; node?: string } | { ok: false; error: string }

/** Checks a command that came from outside; the error names the field at fault, and `inLog` says it without quoting. */
export function parseCommand(
  value: unknown,
): { ok: true; command: Command } | { ok: false; error: string; inLog: string } {
  const result = v.safeParse(commandSchema, value, UNQUOTED)
  if (result.success) return { ok: true, command: result.output }
  const issue = result.issues[0]
  const path = v.getDotPath(issue)
  const about = path ? `${path}: ` : ''
  return { ok: false, error: about + issue.message, inLog: about + wordsInLog(issue) }
}
