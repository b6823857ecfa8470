// What is asked about lessons, as messages to the host: a lesson's file goes in parts that a message holds.
import type { ClientToHost } from '../../../shared/contract'
import type { LessonRequest } from '../../../shared/lesson/lesson-line'

/** A multiple of four, so that each part is base64 by itself. */
const PART_CHARS = 1024 * 1024

export function lessonMessages(request: LessonRequest): ClientToHost[] {
  if (request.kind !== 'openFile') return [{ kind: 'lesson', request }]
  const { name, base64 } = request
  const count = Math.max(1, Math.ceil(base64.length / PART_CHARS))
  return Array.from({ length: count }, (_, index) => ({
    kind: 'lessonFile',
    name,
    base64: base64.slice(index * PART_CHARS, (index + 1) * PART_CHARS),
    isLast: index === count - 1,
  }))
}
