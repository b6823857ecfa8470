// Details of the selection, a node, a policy or a packet; with nothing selected, how to begin.
import type { PacketId, ProtocolId } from '../../../shared/ids'
import type { State } from '../../../shared/state/state'
import { visibly } from '../../../shared/visible-controls'
import { useUi } from '../choices/ui'
import { usePacedState } from '../lab/paced'
import { useExchange } from '../past/packet-source'
import { usePast, useRefusal } from '../past/past'
import { nodeName } from '../ui/names'
import { goneNodeWords, goneWords } from './gone-words'
import { NodeInspector } from './NodeInspector'
import { NothingSelected } from './NothingSelected'
import { PacketInspector } from './PacketInspector'
import { PolicyInspector } from './PolicyInspector'

export function Inspector() {
  const state = usePacedState()
  const selection = useUi((ui) => ui.selection)
  const isLive = usePast(({ view }) => view === 'now')
  const isBeneath = useUi((ui) => ui.notices.length > 0)
  // If nothing in it can be changed, nothing may be focusable, but keys must scroll it.
  const tabIndex = useRefusal() === undefined ? undefined : 0
  return (
    <aside
      className={isBeneath ? 'inspector is-beneath-notices' : 'inspector'}
      aria-label="Inspector"
      tabIndex={tabIndex}
    >
      {contentOf()}
    </aside>
  )

  function contentOf() {
    if (selection?.kind === 'node') {
      const node = state.nodes.get(selection.id)
      if (node) return <NodeInspector key={node.id} node={node} state={state} />
      return <Gone what={goneNodeWords(nodeName(state, selection.id), isLive)} />
    }
    if (selection?.kind === 'policy') {
      const { id } = selection
      if (isInLab(state, id)) {
        return <PolicyInspector key={id} policy={id} state={state} />
      }
      return <Gone what={goneNodeWords(visibly`Policy ${id}`, isLive)} />
    }
    if (selection?.kind === 'packet') {
      return <SelectedPacket key={selection.id} id={selection.id} state={state} />
    }
    return <NothingSelected />
  }
}

/** A scenario may configure a pool before anybody serves its policy, and a server may not have registered yet. */
function isInLab({ next, pools, nodes }: State, policy: ProtocolId): boolean {
  return (
    next.has(policy) ||
    pools.has(policy) ||
    [...nodes.values()].some((one) => one.policy === policy)
  )
}

function SelectedPacket({ id, state }: { id: PacketId; state: State }) {
  const isLive = usePast(({ view }) => view === 'now')
  const { packet, packets, isWhole, isGone, problem } = useExchange(state, id)
  if (packet) {
    return <PacketInspector packet={packet} exchange={isWhole ? packets : []} state={state} />
  }
  const gone = goneWords(id, { isLive, lastPacket: state.packets.end, isGone, problem })
  if (gone !== undefined) return <Gone what={gone} />
  return (
    <p className="muted" role="status">
      Looking packet {id} up…
    </p>
  )
}

function Gone({ what }: { what: string }) {
  return (
    <div className="empty">
      <p>{what}</p>
      <button type="button" className="button" onClick={() => useUi.getState().select(null)}>
        Clear selection
      </button>
    </div>
  )
}
