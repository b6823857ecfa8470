// Stopping a packet on its way and letting it go on, as keys, links and buttons ask for it.
import type { NodeId } from '../../../shared/ids'
import { run } from '../actions/run'
import { useUi } from '../choices/ui'
import { refusalElsewhere, useLab } from '../lab/lab'
import { REFUSALS, usePast } from '../past/past'
import { inSentence, nodeName } from '../ui/names'
import { armedFor, nextFilter } from './breakpoints'
import { heldFirst, heldQueuesOf } from './held'

/** What stands in the way of changing anything, where a part of the screen can only be read; undefined: nothing. */
export function useLookingBack(): string | undefined {
  return usePast(({ view }) => REFUSALS[view])
}

/** Says so, and is true, where the past is on the screen. */
export function refusedInThePast(): boolean {
  const refusal = refusalElsewhere()
  if (refusal !== undefined) useUi.getState().notify('info', refusal)
  return refusal !== undefined
}

/**
 * Holds the next packet on the link of a node, the selected one by default; for the proxy, the next packet anywhere.
 * Asked for again before that packet has come, it is called off.
 */
export function holdNext(node?: NodeId): void {
  if (refusedInThePast()) return
  const { selection, notify } = useUi.getState()
  const wanted = node ?? (selection?.kind === 'node' ? selection.id : undefined)
  if (wanted === undefined) {
    notify('info', 'Select a node first: its next packet is then held. Or click a link.')
    return
  }
  const { state } = useLab.getState()
  const armed = armedFor(state, wanted)
  if (armed !== undefined) {
    void run({ type: 'removeBreakpoint', id: armed })
  } else if (state.nodes.has(wanted)) {
    void run({ type: 'setBreakpoint', filter: nextFilter(wanted), once: true })
  } else {
    notify('info', `${nodeName(state, wanted)} has left: nothing comes from it any more.`)
  }
}

/** Releases the selected packet if it is held, else the one that has been held longest. */
export function releaseHeld(): void {
  if (refusedInThePast()) return
  const { selection, notify } = useUi.getState()
  const selected = selection?.kind === 'packet' ? selection.id : undefined
  const packet = heldFirst(heldQueuesOf(useLab.getState().state), selected)
  if (packet) void run({ type: 'release', packet: packet.id })
  else notify('info', 'No packet is held. Click a link to hold the next one on it.')
}

/** The words for what a click on this node's link does. */
export function holdWords(name: string, armed: boolean): string {
  return armed
    ? `Do not hold the next packet of ${inSentence(name)}`
    : `Hold the next packet of ${inSentence(name)}`
}
