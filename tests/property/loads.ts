// What the proxy counts as in flight and what the screen shows is one number.
import { expect } from 'vitest'
import type { Engine } from '../../src/main/engine/index'
import type { LabEvent } from '../../src/shared/events'

/** What the algorithm has compared is what the state says that servers have in flight; the chosen one has one more since. */
export function compareLoads(
  engine: Engine,
  decision: Extract<LabEvent, { type: 'decision.made' }>,
): void {
  const { reason, server } = decision
  if (reason?.by !== 'least-connections' && reason?.by !== 'haproxy-least-connections') return
  const { rows } = engine.state
  expect(
    reason.compared.map(({ server: id }) => {
      const inFlight = rows.get(id)?.inFlight ?? 0
      return { id, inFlight: id === server ? inFlight - 1 : inFlight }
    }),
  ).toEqual(reason.compared.map(({ server: id, inFlight }) => ({ id, inFlight })))
}
