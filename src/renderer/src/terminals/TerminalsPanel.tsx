// The terminals: what each program of the homework would print. The chosen node's is beside the proxy's.
import { memo, useMemo, useState } from 'react'
import { type NodeId, PROXY } from '../../../shared/ids'
import { foldedClients } from '../../../shared/state/left-clients'
import type { State } from '../../../shared/state/state'
import { useUi } from '../choices/ui'
import { usePaced } from '../lab/paced'
import { Name } from '../ui/Id'
import { nodeName } from '../ui/names'
import { policySwatch } from '../ui/theme/policy'
import { TerminalView } from './TerminalView'
import './terminals.css'

const nodesOf = (state: State) => state.nodes
const slotsOf = (state: State) => state.slots

export function TerminalsPanel() {
  const nodes = usePaced(nodesOf)
  const slots = usePaced(slotsOf)
  const selection = useUi((ui) => ui.selection)
  const [picked, setPicked] = useState<NodeId>(selection?.kind === 'node' ? selection.id : PROXY)
  const [followed, setFollowed] = useState(selection)
  // A node selected elsewhere is shown here; a choice in the list lasts until the next selection.
  if (selection !== followed) {
    setFollowed(selection)
    if (selection?.kind === 'node') setPicked(selection.id)
  }
  const shown = nodes.has(picked) ? picked : PROXY
  const folded = foldedClients(nodes)
  const listed = [...nodes.values()].filter(({ id }) => id === shown || !folded.has(id))
  const names = listed.map((node) => ({
    id: node.id,
    name: nodeName({ nodes }, node.id),
    swatch: policySwatch({ slots }, node.policy),
  }))
  // Counters change all the time, names rarely: the list is rendered again only for names.
  const key = JSON.stringify(names)
  const entries = useMemo(() => names, [key])

  return (
    <div className="terminals">
      <NodeList entries={entries} shown={shown} onPick={setPicked} />
      {shown !== PROXY && <TerminalView key={shown} id={shown} />}
      <TerminalView id={PROXY} beside={shown !== PROXY} />
    </div>
  )
}

interface NodeListProps {
  entries: readonly { id: NodeId; name: string; swatch: string }[]
  shown: NodeId
  onPick: (id: NodeId) => void
}

const NodeList = memo(function NodeList({ entries, shown, onPick }: NodeListProps) {
  return (
    <nav className="terminal-list" aria-label="Terminals">
      {entries.map(({ id, name, swatch }) => (
        <button
          key={id}
          type="button"
          aria-current={id === shown ? 'true' : undefined}
          onClick={() => onPick(id)}
        >
          <span className="swatch" style={{ background: swatch }} />
          <Name text={name} />
        </button>
      ))}
    </nav>
  )
})
