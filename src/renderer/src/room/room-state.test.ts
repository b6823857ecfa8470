import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { Bridge } from '../../../shared/contract'
import type { ConductedVote, OpenRoom, RoomUpdate } from '../../../shared/room/room-line'
import { useUi } from '../choices/ui'
import { startRoom, useRoom } from './room-state'

let tell: (update: RoomUpdate) => void

beforeEach(() => {
  const bridge: Pick<Bridge, 'onRoom' | 'room'> = {
    onRoom: (listener) => {
      tell = listener
      return () => {}
    },
    room: () => {},
  }
  startRoom(bridge as Bridge)
})

afterEach(() => {
  useUi.setState(useUi.getInitialState())
  useRoom.setState(useRoom.getInitialState())
})

function asked(id: number, about: ConductedVote['about']): RoomUpdate {
  const vote = { id, about, isRevealed: false, policy: null } as ConductedVote
  const open = { vote, programs: { at: null, groups: [] } } as unknown as OpenRoom
  return { kind: 'state', state: { addresses: [], open, endedQuestions: 0 } }
}

describe('the panel of the class', () => {
  it('opens for a question, and makes way for the graph when a lesson asks', () => {
    tell(asked(1, 'choice'))
    expect(useUi.getState().askOpen).toBe(true)
    tell(asked(2, 'lesson'))
    expect(useUi.getState().askOpen).toBe(false)
  })

  it('stays as it is while the question does', () => {
    tell(asked(1, 'lesson'))
    useUi.getState().setAskOpen(true)
    tell(asked(1, 'lesson'))
    expect(useUi.getState().askOpen).toBe(true)
  })

  it('says why something was refused until there is another question, or the panel is closed', () => {
    tell(asked(1, 'choice'))
    tell({ kind: 'refused', error: 'A question needs some words.' })
    tell(asked(1, 'choice'))
    expect(useRoom.getState().error).toBe('A question needs some words.')
    tell(asked(2, 'choice'))
    expect(useRoom.getState().error).toBe('')
    tell({ kind: 'refused', error: 'A question needs some words.' })
    useUi.getState().setAskOpen(false)
    expect(useRoom.getState().error).toBe('')
  })
})
