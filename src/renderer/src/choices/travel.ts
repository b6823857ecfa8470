// A packet that a person follows on the graph, or whose way is shown again.
import { create } from 'zustand'
import type { PacketId } from '../../../shared/ids'

interface Travel {
  kind: 'follow' | 'again'
  packet: PacketId
  /** Another number for each time, so that the same way can be shown twice. */
  run: number
}

interface TravelChoice {
  travel: Travel | null
  begin(kind: Travel['kind'], packet: PacketId): void
  stop(): void
}

export const useTravel = create<TravelChoice>((set) => ({
  travel: null,
  begin: (kind, packet) =>
    set(({ travel }) => ({ travel: { kind, packet, run: (travel?.run ?? 0) + 1 } })),
  stop: () => set({ travel: null }),
}))
