import type { Subject } from './subject'

/** Charts without an axis of time show only the seconds before the moment (in seconds; undefined while live). */
export function upTo<T extends Pick<Subject, 'span'>>(moment: number | undefined, subject: T): T {
  if (moment === undefined) return subject
  const { from, to } = subject.span
  return { ...subject, span: { from, to: Math.min(to, Math.max(from, Math.ceil(moment))) } }
}
