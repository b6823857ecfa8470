// Weighted round-robin as nginx has it: each turn adds everybody's weight, and who then has most pays the sum. Turns of a
// heavy server are spread, not in a row.
import type { Algorithm } from './algorithm'
import { memberAt } from './places'
import {
  beginSmooth,
  failSmoothly,
  pickSmoothly,
  type Smooth,
  smoothViews,
  weighSmoothly,
} from './smooth'

export const weightedRoundRobin: Algorithm<Smooth> = {
  name: 'weighted-round-robin',
  hasTurn: true,

  begin: beginSmooth,

  choose(available, memory) {
    const places = memory.placesOf(available)
    const pick = pickSmoothly(memory, places)
    return {
      server: memberAt(memory.ids, pick.place),
      memory: pick.smooth,
      reason: () => ({
        by: 'weighted-round-robin',
        compared: smoothViews(memory, pick, places),
        total: pick.total,
      }),
    }
  },

  changed: beginSmooth,
  weighed: weighSmoothly,

  failed: (server, maxFails, memory) => failSmoothly(memory, server, maxFails),
}
