// Holds the next packet and releases a held one, for keys, links and buttons.

import { quoteValue } from '../../../shared/filter/filter'
import { type BreakpointId, type NodeId, PROXY } from '../../../shared/ids'
import type { State } from '../../../shared/state/state'
import { useUi } from '../choices/ui'
import { heldFirst, heldQueuesOf } from '../lab/held-packets'
import { useLab } from '../lab/lab'
import { usePaced } from '../lab/paced'
import { inSentence, nodeName } from '../ui/names'
import { refused } from './refusal'
import { run } from './run'

type Source = Pick<State, 'breakpoints'>

/** The filter of "hold the next packet": the node's link or, for the proxy, any link. */
export function nextFilter(node: NodeId): string {
  return node === PROXY ? `node:${PROXY}` : `link:${quoteValue(node)}`
}

/** The breakpoint that waits for this node's next packet. */
export function armedFor({ breakpoints }: Source, node: NodeId): BreakpointId | undefined {
  const filter = nextFilter(node)
  for (const one of breakpoints.values()) {
    if (one.once && one.enabled && one.filter === filter) return one.id
  }
  return undefined
}

/** Whether this node's next packet will be held. */
export function useIsArmed(node: NodeId): boolean {
  return usePaced((state) => armedFor(state, node) !== undefined)
}

/**
 * Holds the next packet on the link of a node, by default the selected one; for the proxy, the next packet anywhere. A
 * second call before that packet cancels it.
 */
export function holdNext(node?: NodeId): void {
  if (refused()) return
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

/** Releases the selected packet if it is held, else the packet held longest. */
export function releaseHeld(): void {
  if (refused()) return
  const { selection, notify } = useUi.getState()
  const selected = selection?.kind === 'packet' ? selection.id : undefined
  const packet = heldFirst(heldQueuesOf(useLab.getState().state), selected)
  if (packet) void run({ type: 'release', packet: packet.id })
  else notify('info', 'No packet is held. Click a link to hold the next one on it.')
}

/** The words for a click on this node's link. */
export function holdWords(name: string, armed: boolean): string {
  return armed
    ? `Do not hold the next packet of ${inSentence(name)}`
    : `Hold the next packet of ${inSentence(name)}`
}
