// The second under the pointer in a chart: the other charts and the timeline mark it, too.
import { create } from 'zustand'

interface PointedSecond {
  /** Its end, in seconds of simulated time. */
  time: number | undefined
  point(time: number | undefined): void
}

export const usePointedSecond = create<PointedSecond>((set) => ({
  time: undefined,
  point: (time) => set({ time }),
}))
