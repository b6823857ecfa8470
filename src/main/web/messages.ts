// Parses the text messages that a browser sends. The engine checks the commands in them.
import * as v from 'valibot'
import { CALLS, type ClientToHost, wholeNumberSchema } from '../../shared/contract'
import { UNQUOTED } from '../../shared/issue-text'
import { lessonFileName } from '../../shared/lesson/lesson-line'
import { MAX_PAYLOAD_CHARS } from '../../shared/limits'

/**
 * Room for the longest payload, of which JSON may escape each character to six, and for the command
 * around it.
 */
export const MAX_CLIENT_MESSAGE_BYTES = 6 * MAX_PAYLOAD_CHARS + 4096

/** The contract's own arguments, by name: people read text frames too. */
const schema = v.variant('kind', [
  v.strictObject({
    kind: v.literal('command'),
    id: wholeNumberSchema,
    command: CALLS.command.items[0],
  }),
  v.strictObject({ kind: v.literal('subscribe') }),
  v.strictObject({ kind: v.literal('acknowledge'), frame: CALLS.acknowledge.items[0] }),
  v.strictObject({ kind: v.literal('discardSession'), name: CALLS.discardSession.items[0] }),
  v.strictObject({ kind: v.literal('compare'), request: CALLS.compare.items[0] }),
  v.strictObject({ kind: v.literal('stopComparing') }),
  v.strictObject({ kind: v.literal('checkProgram'), request: CALLS.checkProgram.items[0] }),
  v.strictObject({ kind: v.literal('stopProgramCheck') }),
  v.strictObject({ kind: v.literal('lesson'), request: CALLS.lesson.items[0] }),
  v.strictObject({
    kind: v.literal('lessonFile'),
    name: lessonFileName,
    base64: v.string(),
    isLast: v.boolean(),
  }),
  v.strictObject({ kind: v.literal('room'), request: CALLS.room.items[0] }),
  v.strictObject({ kind: v.literal('reportProblem'), problem: CALLS.reportProblem.items[0] }),
])

/** The error names the wrong field. `id` is the command's, or 0 if it could not be read. */
export function parseClientMessage(
  text: string,
): { ok: true; message: ClientToHost } | { ok: false; id: number; error: string } {
  let value: unknown
  try {
    value = JSON.parse(text)
  } catch {
    return { ok: false, id: 0, error: 'The message is not JSON.' }
  }
  const result = v.safeParse(schema, value, UNQUOTED)
  if (result.success) return { ok: true, message: result.output }
  const issue = result.issues[0]
  const path = v.getDotPath(issue)
  const withId = v.safeParse(v.object({ id: wholeNumberSchema }), value)
  return {
    ok: false,
    id: withId.success ? withId.output.id : 0,
    error: path === null ? issue.message : `${path}: ${issue.message}`,
  }
}
