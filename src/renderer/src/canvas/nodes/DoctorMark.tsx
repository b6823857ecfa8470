// On the lower edge of an outside program's card: how much the socket doctor has found.
import { Stethoscope } from 'lucide-react'
import { findingsOf } from '../../../../shared/diagnosis/doctor/findings'
import { counted } from '../../../../shared/format'
import type { NodeId } from '../../../../shared/ids'
import type { State } from '../../../../shared/state/state'
import type { Tier } from '../spacing'
import { useSampled } from '../use-sampled'
import { Figure } from './NodeParts'
import './work-mark.css'

export function DoctorMark({ node, tier }: { node: NodeId; tier: Tier }) {
  const findings = useSampled(tier, ({ examinations }) => findingsOf(examinations.get(node)))
  const [first] = findings
  if (first === undefined) return null
  const titles = findings.map(({ diagnosis }) => diagnosis.title).join('. ')
  return (
    <span className="work-mark is-ill" aria-hidden="true" title={`Socket doctor: ${titles}.`}>
      <Stethoscope size={11} />
      <Figure text={`${findings.length}`} />
    </span>
  )
}

/** `socket doctor: 2 findings`; undefined without a finding. */
export function doctorWords(
  { examinations }: Pick<State, 'examinations'>,
  node: NodeId,
): string | undefined {
  const { length } = findingsOf(examinations.get(node))
  return length === 0 ? undefined : `socket doctor: ${counted(length, 'finding')}`
}
