// What the web host sends, as the page checks it.
import * as v from 'valibot'
import { programCheckUpdate } from '../../../shared/check/program-check'
import { comparisonUpdate } from '../../../shared/compare/comparison'
import { problemSchema } from '../../../shared/contract'
import { lessonUpdate } from '../../../shared/lesson/lesson-line'
import { roomUpdate } from '../../../shared/room/room-line'

export const messageSchema = v.variant('kind', [
  v.object({
    kind: v.literal('result'),
    id: v.number(),
    result: v.variant('ok', [
      v.object({
        ok: v.literal(true),
        node: v.exactOptional(v.string()),
        change: v.exactOptional(v.object({ number: v.number(), label: v.string() })),
        note: v.exactOptional(v.string()),
      }),
      v.object({ ok: v.literal(false), error: v.string() }),
    ]),
  }),
  v.object({ kind: v.literal('role'), role: v.picklist(['operator', 'viewer']) }),
  v.object({ kind: v.literal('problem'), problem: problemSchema }),
  v.object({ kind: v.literal('notice'), sentence: v.string() }),
  v.object({ kind: v.literal('comparison'), update: comparisonUpdate }),
  v.object({ kind: v.literal('programCheck'), update: programCheckUpdate }),
  v.object({ kind: v.literal('lesson'), update: lessonUpdate }),
  v.object({ kind: v.literal('room'), update: roomUpdate }),
])

const wholeNumber = v.pipe(v.string(), v.regex(/^\d+$/), v.transform(Number), v.safeInteger())
export const partHeadersSchema = v.object({ from: wholeNumber, end: wholeNumber })
export const sessionsSchema = v.array(
  v.object({
    name: v.string(),
    startedAt: v.number(),
    endedAt: v.number(),
    bytes: v.number(),
    messages: v.nullable(v.number()),
    scenario: v.nullable(v.string()),
    crashed: v.boolean(),
  }),
)
