// How many messages this window has sent since time was paused: they wait for Play.
import { create } from 'zustand'
import type { Command } from '../../../shared/commands'
import type { SimMs } from '../../../shared/ids'
import type { State } from '../../../shared/state/state'
import { useLab } from './lab'

interface Waiting {
  count: number
  /** The lab's time when they were sent. A step or Play moves it on. */
  at: SimMs
}

export const useWaiting = create<Waiting>(() => ({ count: 0, at: 0 }))

type Live = Pick<State, 'clock' | 'at' | 'nodes'>

/** Counts the messages of a command that was carried out, if time is paused. */
export function noteSent(command: Command, live: Live = useLab.getState().live): void {
  const sent = sentBy(command, live)
  if (sent === 0 || !live.clock.paused) return
  useWaiting.setState((before) => ({ count: stillWaiting(before, live) + sent, at: live.at }))
}

/** How many messages wait for Play. */
export function useWaitingMessages(): number {
  const waiting = useWaiting()
  return useLab(({ live }) => stillWaiting(waiting, live))
}

/** How many of them still wait in this state of the lab. */
export function stillWaiting({ count, at }: Waiting, live: Pick<Live, 'clock' | 'at'>): number {
  return live.clock.paused && live.at <= at ? count : 0
}

function sentBy(command: Command, { nodes }: Live): number {
  switch (command.type) {
    case 'sendMessage':
      return command.count ?? 1
    case 'sendAll':
      return [...nodes.values()].filter(
        ({ role, origin }) => role === 'client' && origin === 'inside',
      ).length
    default:
      return 0
  }
}
