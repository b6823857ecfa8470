// The programs of one machine of the room, folded: whose they are, how many, and what is wrong with them.
import { Laptop, Stethoscope, TriangleAlert } from 'lucide-react'
import { memo } from 'react'
import type { NodeProps } from 'reactflow'
import { findingsOf } from '../../../../shared/diagnosis/doctor/findings'
import { counted, formatCount, shortened } from '../../../../shared/format'
import { machineOf } from '../../../../shared/ids'
import type { State } from '../../../../shared/state/state'
import type { GroupFlowNode } from '../flow'
import { groupFigures } from '../group-figures'
import { machineOfGroup } from '../groups'
import { useSampled } from '../use-sampled'
import { AccessibleName, Figure, LinkHandle } from './NodeParts'

const LONGEST_NAME = 24
const LONGEST_IN_CHIP = 8

export const GroupNode = memo(function GroupNode({ id, data: { tier } }: NodeProps<GroupFlowNode>) {
  const machine = machineOfGroup(id) ?? ''
  const figures = useSampled(tier, ({ nodes }) => groupFigures(nodes).get(machine))
  const findings = useSampled(tier, (state) => findingsIn(state, machine))
  if (figures === undefined) return null
  const { name, clients, servers, inFlight, handled, errors } = figures
  const counts = [counted(clients, 'client'), counted(servers, 'server')].join(', ')
  const said = [
    `Programs of ${name}, folded`,
    counts,
    `${formatCount(handled)} messages`,
    ...(errors > 0 ? [counted(errors, 'error')] : []),
    ...(findings > 0 ? [`socket doctor: ${counted(findings, 'finding')}`] : []),
    ...(inFlight > 0 ? [`${counted(inFlight, 'packet')} in flight`] : []),
  ].join(', ')
  return (
    <div
      className={`node group node-${tier} is-outside`}
      title={tier === 'card' ? 'Click: unfold, clear, keep out' : said}
    >
      <AccessibleName id={id}>{said}</AccessibleName>
      <LinkHandle />
      <span className="node-line" aria-hidden="true">
        <span className="node-title">
          {tier === 'card' && <Laptop size={13} className="group-icon" />}
          <Figure text={shortened(name, tier === 'chip' ? LONGEST_IN_CHIP : LONGEST_NAME)} />
        </span>
        {tier !== 'chip' && inFlight > 0 && (
          <Figure className="node-in-flight" text={formatCount(inFlight)} />
        )}
        {errors > 0 && tier !== 'card' && <TriangleAlert size={11} className="group-errors" />}
      </span>
      {tier === 'card' && (
        <span className="client-question" aria-hidden="true">
          <Figure text={counts} />
          {errors > 0 && (
            <Figure className="group-errors" text={` · ${counted(errors, 'error')}`} />
          )}
        </span>
      )}
      {tier !== 'chip' && findings > 0 && (
        <span className="work-mark is-ill" aria-hidden="true">
          <Stethoscope size={11} />
          <Figure text={`${findings}`} />
        </span>
      )}
    </div>
  )
})

function findingsIn({ examinations }: Pick<State, 'examinations'>, machine: string): number {
  let count = 0
  for (const [node, examination] of examinations) {
    if (machineOf(node) === machine) count += findingsOf(examination).length
  }
  return count
}
