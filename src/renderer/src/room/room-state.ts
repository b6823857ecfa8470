// The class as this instructor's page knows it, and what the page asks for.
import { create } from 'zustand'
import type { Bridge } from '../../../shared/contract'
import type { Machine } from '../../../shared/ids'
import type { OpenRoom, RoomAddress, RoomRequest } from '../../../shared/room/room-line'
import { useUi } from '../choices/ui'
import { useClassQuestion } from '../lab/class-question'
import { useRoomPrograms } from '../lab/room-programs'
import { saveFile } from '../ui/save-file'

interface Room {
  addresses: readonly RoomAddress[]
  /** Null: the lab is not open to a class. */
  open: OpenRoom | null
  endedQuestions: number
  /** Why what was asked last was not done; empty if it was. */
  error: string
}

export const useRoom = create<Room>(() => ({
  addresses: [],
  open: null,
  endedQuestions: 0,
  error: '',
}))

let bridge: Bridge | undefined

export function startRoom(newBridge: Bridge): void {
  bridge = newBridge
  newBridge.onRoom((update) => {
    switch (update.kind) {
      case 'state': {
        const before = useRoom.getState().open
        const { open } = update.state
        useRoom.setState(update.state)
        const vote = open?.vote
        const isAsked = vote?.about === 'nextServer' && !vote.isRevealed
        useClassQuestion.setState({ policy: isAsked ? (vote.policy ?? undefined) : undefined })
        // That of a lesson stands in the lesson's column, and the graph that it is about would be behind the panel.
        const isNew = vote != null && vote.id !== before?.vote?.id
        if (isNew) useUi.getState().setAskOpen(vote.about !== 'lesson')
        // What was refused for one question is not another's.
        if (vote?.id !== before?.vote?.id) useRoom.setState({ error: '' })
        if (open !== null && before === null) tellSelection()
        const at = open?.programs.at ?? null
        useRoomPrograms.setState({ clear: at ? clearPrograms : undefined, own: at?.host })
        return
      }
      case 'results':
        saveFile(update.name, new Blob([update.text], { type: 'text/csv' }))
        return
      case 'refused':
        useRoom.setState({ error: update.error })
    }
  })
  useUi.subscribe((ui, before) => {
    if (ui.askOpen !== before.askOpen) useRoom.setState({ error: '' })
    const isSame = ui.selection === before.selection && ui.spotlight === before.spotlight
    if (!isSame && useRoom.getState().open !== null) tellSelection()
  })
}

export function askRoom(request: RoomRequest): void {
  useRoom.setState({ error: '' })
  bridge?.room(request)
}

export function clearPrograms(machine: Machine, keepOut: boolean): void {
  askRoom({ kind: 'clearPrograms', machine, keepOut })
}

/** Viewers who follow look at what is selected and spotlighted here. */
function tellSelection(): void {
  const { selection, spotlight } = useUi.getState()
  const node = selection?.kind === 'node' ? selection.id : null
  bridge?.room({ kind: 'point', node, spotlight })
}

/** Six letters are read and typed in two groups. */
export function spacedCode(code: string): string {
  return `${code.slice(0, 3)} ${code.slice(3)}`
}
