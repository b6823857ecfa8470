// The examinations of programs while a batch of events is applied to them.
import { type Examination, type GotMessage, NO_EXAMINATION } from '../diagnosis/doctor/diagnosis'
import type { NodeId } from '../ids'
import { DraftMap } from './draft-map'
import type { State } from './state'

/** An examination that this batch may change: a copy for each message would cost more than all that is counted of it. */
interface OwnExamination extends Omit<Examination, 'got' | 'gotMore' | 'answers'> {
  got?: GotMessage[]
  gotMore?: boolean
  answers?: number
}

function ownCopy({ got, ...rest }: Examination): OwnExamination {
  return got === undefined ? rest : { ...rest, got: [...got] }
}

export class OwnExaminations {
  private readonly all: DraftMap<NodeId, Examination, OwnExamination>

  constructor(examinations: State['examinations']) {
    this.all = new DraftMap(examinations, ownCopy)
  }

  of(node: NodeId): Examination {
    return this.all.get(node) ?? NO_EXAMINATION
  }

  edit(node: NodeId): OwnExamination {
    const known = this.all.edit(node)
    if (known !== undefined) return known
    const fresh = ownCopy(NO_EXAMINATION)
    this.all.set(node, fresh)
    return fresh
  }

  change(node: NodeId, change: Partial<OwnExamination>): void {
    Object.assign(this.edit(node), change)
  }

  set(node: NodeId, examination: Examination): void {
    this.all.set(node, ownCopy(examination))
  }

  delete(node: NodeId): void {
    this.all.delete(node)
  }

  clear(): void {
    this.all.clear()
  }

  done(): State['examinations'] {
    return this.all.done()
  }
}
