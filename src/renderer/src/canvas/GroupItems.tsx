// In the menu of a program of the room, and of a folded group: folds or unfolds the programs of its machine; the instructor
// clears them, and keeps them out.
import { DropdownMenu } from 'radix-ui'
import type { ReactNode } from 'react'
import type { Machine } from '../../../shared/ids'
import { fold } from '../choices/folds'
import { useRoomPrograms } from '../lab/room-programs'

interface GroupItemsProps {
  machine: Machine
  name: string
  folded: boolean
}

export function GroupItems({ machine, name, folded }: GroupItemsProps) {
  const clear = useRoomPrograms((programs) => programs.clear)
  const isOwn = useRoomPrograms(({ own }) => own === machine)
  return (
    <>
      <Item onSelect={() => fold(machine, !folded)}>
        {folded ? 'Unfold' : `Fold the programs of ${name}`}
      </Item>
      {clear && <Item onSelect={() => clear(machine, false)}>Clear all programs of {name}</Item>}
      {clear && !isOwn && (
        <Item onSelect={() => clear(machine, true)}>Clear them and keep {name} out</Item>
      )}
    </>
  )
}

function Item({ onSelect, children }: { onSelect(): void; children: ReactNode }) {
  return (
    <DropdownMenu.Item className="menu-item plain" onSelect={onSelect}>
      <span>{children}</span>
    </DropdownMenu.Item>
  )
}
