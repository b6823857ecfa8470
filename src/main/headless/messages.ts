// The text messages that a browser sends, parsed at the boundary. The commands in them are checked by the engine.
import * as v from 'valibot'
import type { ClientToHost } from '../../shared/contract'
import { MAX_PAYLOAD_CHARS, MAX_SOURCE_CHARS } from '../../shared/limits'

/** Room for the longest payload, where JSON spells each character with six, and for the command around it. */
export const MAX_CLIENT_MESSAGE_BYTES = 6 * MAX_PAYLOAD_CHARS + 4096

const wholeNumber = v.pipe(v.number(), v.safeInteger(), v.minValue(0))

const schema = v.variant('kind', [
  v.strictObject({ kind: v.literal('command'), id: wholeNumber, command: v.unknown() }),
  v.strictObject({ kind: v.literal('subscribe') }),
  v.strictObject({ kind: v.literal('acknowledge'), frame: wholeNumber }),
  v.strictObject({ kind: v.literal('lookBack'), looking: v.boolean() }),
  v.strictObject({
    kind: v.literal('discardRecovered'),
    name: v.pipe(v.string(), v.minLength(1), v.maxLength(MAX_SOURCE_CHARS)),
  }),
])

/** The error names the field at fault; `id` is the command's, where it could be read, and else 0. */
export function parseClientMessage(
  text: string,
): { ok: true; message: ClientToHost } | { ok: false; id: number; error: string } {
  let value: unknown
  try {
    value = JSON.parse(text)
  } catch {
    return { ok: false, id: 0, error: 'The message is not JSON.' }
  }
  const result = v.safeParse(schema, value)
  if (result.success) return { ok: true, message: result.output }
  const issue = result.issues[0]
  const path = v.getDotPath(issue)
  const withId = v.safeParse(v.object({ id: wholeNumber }), value)
  return {
    ok: false,
    id: withId.success ? withId.output.id : 0,
    error: path === null ? issue.message : `${path}: ${issue.message}`,
  }
}
