// The symptoms of a program after one was seen, for the first time or once more.
import type { Seen, Symptom } from './diagnosis'
import { hexText } from './evidence'

type Now = Pick<Symptom, 'diagnosis' | 'at' | 'sent'>

export function withSymptom(
  symptoms: readonly Symptom[],
  now: Now,
  seen: Seen,
): readonly Symptom[] {
  const before = symptoms.find(({ diagnosis }) => diagnosis === now.diagnosis)
  const symptom = seenOnceMore(before, now, seen)
  return before ? symptoms.map((one) => (one === before ? symptom : one)) : [...symptoms, symptom]
}

function seenOnceMore(before: Symptom | undefined, now: Now, { text, evidence }: Seen): Symptom {
  const { bytes, offset, packet } = evidence ?? {}
  return {
    ...now,
    times: (before?.times ?? 0) + 1,
    since: before?.since ?? now.at,
    seen: text,
    ...(bytes !== undefined && bytes.length > 0 && { hex: hexText(bytes) }),
    ...(offset !== undefined && { offset }),
    ...(packet !== undefined && { packet }),
  }
}
