// Above the graph: the programs of the room, by machine, which are folded all or none, with the menu of a folded one; and the
// clients that have left.
import { Laptop } from 'lucide-react'
import { counted } from '../../../shared/format'
import type { NodeId } from '../../../shared/ids'
import { foldAll } from '../choices/folds'
import { useLab } from '../lab/lab'
import { MenuAt, placeOf } from '../ui/MenuAt'
import { FoldedClients } from './FoldedClients'
import { GroupItems } from './GroupItems'
import { groupFigures } from './group-figures'
import { machineOfGroup } from './groups'
import type { Structure } from './structure'
import { useViewState } from './view-state'
import './node-menu.css'

export function RoomGroups({ structure }: { structure: Structure }) {
  return (
    <>
      {structure.machines.length > 0 && <GroupsBar structure={structure} />}
      <FoldedClients count={structure.folded} />
    </>
  )
}

function GroupsBar({ structure: { machines, groups } }: { structure: Structure }) {
  const open = useViewState((view) => view.group)
  return (
    <p className="groups-bar">
      <Laptop size={15} aria-hidden="true" />
      Programs of {counted(machines.length, 'machine')}
      {groups.size < machines.length && (
        <button type="button" className="link" onClick={() => foldAll(true)}>
          Fold all
        </button>
      )}
      {groups.size > 0 && (
        <button type="button" className="link" onClick={() => foldAll(false)}>
          Unfold all
        </button>
      )}
      {open !== null && groups.has(open) && <GroupMenu key={open} group={open} />}
    </p>
  )
}

function GroupMenu({ group }: { group: NodeId }) {
  const machine = machineOfGroup(group) ?? ''
  const name = useLab(({ state }) => groupFigures(state.nodes).get(machine)?.name ?? machine)
  const element = document.querySelector(`.react-flow__node[data-id="${CSS.escape(group)}"]`)
  if (element === null) return null
  const heading = name === machine ? `Programs of ${name}` : `Programs of ${name}, at ${machine}`
  return (
    <MenuAt
      place={{ ...placeOf(element), returnTo: element }}
      name={`Programs of ${name}`}
      heading={heading}
      className="node-menu"
      align="start"
      onClose={() => useViewState.getState().openGroup(null)}
    >
      <GroupItems machine={machine} name={name} folded />
    </MenuAt>
  )
}
