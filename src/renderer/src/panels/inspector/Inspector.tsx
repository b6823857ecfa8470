// What is selected, in full: a node, a packet, or, while nothing is, how to begin.
import { usePacedState } from '../../store/paced'
import { useUi } from '../../store/ui'
import { NodeInspector } from './NodeInspector'
import { NothingSelected } from './NothingSelected'
import { PacketInspector } from './PacketInspector'

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
      return <Gone what="This node has left." />
    }
    if (selection?.kind === 'packet') {
      const packet = state.packets.at(selection.id - 1)
      if (packet) return <PacketInspector key={packet.id} packet={packet} state={state} />
      return <Gone what={`Packet ${selection.id} is no longer in the history.`} />
    }
    return <NothingSelected proxy={state.proxy} />
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
