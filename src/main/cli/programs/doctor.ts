// The socket doctor on a terminal or in a pipe: each finding once, when it is made, and a list of all below the table.
import type { Examination } from '../../../shared/diagnosis/doctor/diagnosis'
import { findingsOf, type ProgramFinding } from '../../../shared/diagnosis/doctor/findings'
import { GRAVITIES } from '../../../shared/diagnosis/doctor/registry'
import { counted } from '../../../shared/format'
import type { NodeId } from '../../../shared/ids'
import type { State } from '../../../shared/state/state'
import { visibly } from '../../../shared/visible-controls'
import type { Colouring } from '../paint'

interface FoundAt {
  readonly node: NodeId
  /** `Server 7`, `Client 50`. */
  readonly who: string
  readonly finding: ProgramFinding
}

type Doctored = Pick<State, 'examinations' | 'nodes'>

/** Gives the findings that are new since it was last asked. */
export class NewFindings {
  private examinations: State['examinations'] = new Map()
  private readonly told = new Map<string, number>()

  since(state: Doctored): readonly FoundAt[] {
    const before = this.examinations
    if (before === state.examinations) return []
    this.examinations = state.examinations
    const found: FoundAt[] = []
    for (const [node, examination] of state.examinations) {
      if (examination.symptoms === before.get(node)?.symptoms) continue
      found.push(...foundAt(state, node, examination).filter((one) => this.isNew(one)))
    }
    return found
  }

  /** Whether there may be new ones. */
  isBehind(state: Doctored): boolean {
    return this.examinations !== state.examinations
  }

  /** A program that starts again may have what it had before. */
  private isNew({ node, finding: { diagnosis, symptom } }: FoundAt): boolean {
    const key = `${diagnosis.id} ${node}`
    const isTold = this.told.get(key) === symptom.since
    this.told.set(key, symptom.since)
    return !isTold
  }
}

function foundAt(
  { nodes }: Pick<State, 'nodes'>,
  node: NodeId,
  examination: Examination,
): FoundAt[] {
  const { role, protocolId } = nodes.get(node) ?? {}
  const who =
    protocolId === undefined
      ? 'A program'
      : visibly`${role === 'server' ? 'Server' : 'Client'} ${protocolId}`
  return findingsOf(examination).map((finding) => ({ node, who, finding }))
}

/** Lines of at most this width, the gravest findings first, and as many as fit. */
export function doctorTable(
  state: Doctored,
  { columns, rows }: { columns: number; rows: number },
  paint: Colouring,
): string[] {
  const all = [...state.examinations].flatMap(([node, examination]) =>
    foundAt(state, node, examination),
  )
  if (all.length === 0) {
    return ['', paint('dim', 'Socket doctor: nothing odd so far.'.slice(0, columns))]
  }
  const order = Object.keys(GRAVITIES)
  const place = ({ finding }: FoundAt) => order.indexOf(finding.diagnosis.gravity)
  all.sort((one, other) => place(one) - place(other))
  const room = Math.max(1, rows - 3)
  const shown = all.length > room ? all.slice(0, room) : all
  const width = Math.max(...shown.map(({ who }) => who.length))
  const title = `Socket doctor: ${counted(all.length, 'finding')}`
  return [
    '',
    paint('bold', title.slice(0, columns)),
    ...shown.map(({ who, finding: { diagnosis, symptom } }) => {
      const times = symptom.times === 1 ? '' : `, ${symptom.times} times`
      const line = `${who.padEnd(width)}  ${diagnosis.title} [${diagnosis.id}]${times}`
      const text = line.slice(0, columns)
      return diagnosis.gravity === 'stops' ? paint('red', text) : text
    }),
    ...(all.length > shown.length ? [`and ${all.length - shown.length} more`] : []),
  ]
}
