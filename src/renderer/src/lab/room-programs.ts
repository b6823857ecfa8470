// What this person may do about programs of the room that have joined the lab: the class's instructor clears them, and keeps
// them out.
import { create } from 'zustand'
import type { Machine } from '../../../shared/ids'

interface RoomPrograms {
  /** Undefined: programs may not join, or this window has no say in it. */
  clear: ((machine: Machine, keepOut: boolean) => void) | undefined
  /** The lab's own machine, which reaches the proxy anyway. */
  own: Machine | undefined
}

export const useRoomPrograms = create<RoomPrograms>(() => ({ clear: undefined, own: undefined }))
