// What is selected, in full: a node, a packet, or, while nothing is, how to begin.
import type { PacketId } from '../../../shared/ids'
import type { State } from '../../../shared/state/state'
import { useUi } from '../choices/ui'
import { usePacedState } from '../lab/paced'
import { NodeInspector } from './NodeInspector'
import { NothingSelected } from './NothingSelected'
import { PacketInspector } from './PacketInspector'
import { usePacket } from './use-packet'

export function Inspector() {
  const state = usePacedState()
  const selection = useUi((ui) => ui.selection)
  return (
    <aside className="inspector" aria-label="Inspector">
      {contentOf()}
    </aside>
  )

  function contentOf() {
    if (selection?.kind === 'node') {
      const node = state.nodes.get(selection.id)
      if (node) return <NodeInspector key={node.id} node={node} state={state} />
      return <Gone what="This node is not there." />
    }
    if (selection?.kind === 'packet') {
      return <SelectedPacket key={selection.id} id={selection.id} state={state} />
    }
    return <NothingSelected proxy={state.proxy} />
  }
}

function SelectedPacket({ id, state }: { id: PacketId; state: State }) {
  const found = usePacket(id, state)
  switch (found.kind) {
    case 'found':
      return <PacketInspector packet={found.packet} exchange={found.exchange} state={state} />
    case 'loading':
      return (
        <p className="muted" role="status">
          Looking packet {id} up…
        </p>
      )
    case 'gone':
      return <Gone what={found.words} />
  }
}

function Gone({ what }: { what: string }) {
  return (
    <div className="empty">
      <p>{what}</p>
      <button type="button" className="button" onClick={() => useUi.getState().select(null)}>
        Select nothing
      </button>
    </div>
  )
}
