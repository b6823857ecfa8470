// The faults of a node's link: what each does, its settings, and buttons that add one or take one out.
// A fault that is added gets the focus, and the first one when its mark on the graph is clicked.
import { Plus, X } from 'lucide-react'
import { useEffect, useRef } from 'react'
import { FAULT_WORDS, INTERMEDIARY_WORDS, linkOf } from '../../../shared/fault-words'
import type { LinkFault } from '../../../shared/link-fault'
import { FAULT_SETTINGS, faultSettings } from '../../../shared/settings/fault'
import { UNKNOWN } from '../../../shared/settings/setting'
import { faultsOn } from '../../../shared/state/faults'
import type { NodeState, State } from '../../../shared/state/state'
import { addFault, changeFault, takeFaultOut } from '../actions/faults'
import { useUi } from '../choices/ui'
import { LiveSettings } from '../forms'
import { HarmIcon } from '../ui/HarmIcon'
import './link-faults.css'

interface LinkFaultsProps {
  node: NodeState
  state: Pick<State, 'faults'>
  /** Why nothing can be changed now; undefined if changes are possible. */
  refusal: string | undefined
}

export function LinkFaults({ node, state, refusal }: LinkFaultsProps) {
  const faults = faultsOn(state.faults, node.id)
  const section = useRef<HTMLElement>(null)
  /** The number of faults before the person added one here. */
  const before = useRef<number>(undefined)
  const { length } = faults
  useEffect(() => {
    if (before.current === undefined || length <= before.current) return
    before.current = undefined
    show([...(section.current?.querySelectorAll('.link-fault') ?? [])].at(-1))
  }, [length])
  const isAsked = useUi(({ faultsAsked }) => faultsAsked === node.id)
  useEffect(() => {
    if (!isAsked) return
    useUi.getState().faultsShown()
    show(section.current?.querySelector('.link-fault') ?? section.current)
  }, [isAsked])
  async function add() {
    before.current = length
    if (!(await addFault(linkOf(node.id)))) before.current = undefined
  }
  return (
    <section className="link-faults" ref={section} tabIndex={-1}>
      <h3>Faults of its link</h3>
      {faults.length === 0 && <p className="muted">None: the link carries all bytes at once.</p>}
      {faults.map((fault) => (
        <Fault key={fault.id} fault={fault} refusal={refusal} />
      ))}
      {faults.length > 0 && <p className="muted">{INTERMEDIARY_WORDS}</p>}
      {refusal === undefined && (
        <button type="button" className="button" onClick={() => void add()}>
          <Plus size={14} aria-hidden="true" />
          Add a fault
        </button>
      )}
    </section>
  )
}

/** Gives the focus to its first control that can be changed, or to itself. */
function show(element: Element | null | undefined): void {
  if (!(element instanceof HTMLElement)) return
  element.scrollIntoView({ block: 'nearest' })
  const control = element.querySelector<HTMLElement>(':is(select, input, button):enabled')
  ;(control ?? element).focus()
}

function Fault({ fault, refusal }: { fault: LinkFault } & Pick<LinkFaultsProps, 'refusal'>) {
  const name = FAULT_SETTINGS.fault.say(fault.fault)
  return (
    <fieldset
      className="settings link-fault"
      disabled={refusal !== undefined}
      title={refusal}
      tabIndex={-1}
    >
      <legend>
        <HarmIcon fault={fault.fault} />
        <span>
          {name}, {FAULT_SETTINGS.direction.say(fault.direction)}
        </span>
      </legend>
      {fault.fault !== UNKNOWN && (
        <dl className="link-fault-words">
          <dt>You see</dt>
          <dd>{FAULT_WORDS[fault.fault].seen}</dd>
          <dt>The program sees</dt>
          <dd>{FAULT_WORDS[fault.fault].program}</dd>
        </dl>
      )}
      <LiveSettings
        settings={faultSettings(fault.fault)}
        values={fault}
        change={(changed) => changeFault(fault.id, changed)}
      />
      {refusal === undefined && (
        <button type="button" className="button" onClick={() => void takeFaultOut(fault.id)}>
          <X size={14} aria-hidden="true" />
          Take out the {name} fault
        </button>
      )}
    </fieldset>
  )
}
