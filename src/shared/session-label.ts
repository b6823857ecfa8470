// A session's label: a small JSON file beside its recording that says what the recording holds, so that a list of sessions
// need not read recordings.
import * as v from 'valibot'

const labelSchema = v.object({
  /** The real times of its beginning and of its last event, in milliseconds since 1970. */
  startedAt: v.number(),
  endedAt: v.number(),
  /** Messages that clients have sent. */
  messages: v.number(),
  /** Outside programs that have joined. */
  programs: v.number(),
  scenario: v.nullable(v.string()),
  /** Whether it has ended as it should; false in one that runs or has crashed. */
  closed: v.boolean(),
})

export type SessionLabel = v.InferOutput<typeof labelSchema>

/** Undefined if it is damaged: the recording can be opened nevertheless. */
export function parseLabel(text: string): SessionLabel | undefined {
  try {
    const read = v.safeParse(labelSchema, JSON.parse(text))
    return read.success ? read.output : undefined
  } catch {
    return undefined
  }
}
