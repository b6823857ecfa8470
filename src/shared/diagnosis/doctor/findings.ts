// What the socket doctor says of a program: one list, the gravest first, from what its examination has.
import type { Diagnosis, Examination, Symptom } from './diagnosis'
import { DIAGNOSES } from './registry'

export interface ProgramFinding {
  readonly diagnosis: Diagnosis
  readonly symptom: Symptom
}

const NONE: readonly ProgramFinding[] = []
const known = new WeakMap<readonly Symptom[], readonly ProgramFinding[]>()

/** The same list for the same symptoms. Those that only a newer version knows are left out. */
export function findingsOf(examination: Examination | undefined): readonly ProgramFinding[] {
  const { symptoms = [] } = examination ?? {}
  if (symptoms.length === 0) return NONE
  const before = known.get(symptoms)
  if (before) return before
  const all = DIAGNOSES.flatMap((diagnosis) => {
    const symptom = symptoms.find((one) => one.diagnosis === diagnosis.id)
    return symptom ? [{ diagnosis, symptom }] : []
  })
  const findings = all.filter(({ diagnosis: { id } }) => !all.some((other) => covers(other, id)))
  known.set(symptoms, findings)
  return findings
}

function covers({ diagnosis }: ProgramFinding, id: string): boolean {
  return diagnosis.covers?.includes(id) === true
}
