// The breakpoints of a state, in order of their ids.
import type { Breakpoint, LabEvent } from '../events'
import type { BreakpointId } from '../ids'
import type { DraftMap } from './draft-map'

export function noteBreakpoint(
  breakpoints: DraftMap<BreakpointId, Breakpoint>,
  event: Extract<LabEvent, { type: 'breakpoint.set' | 'breakpoint.removed' }>,
): void {
  if (event.type === 'breakpoint.removed') {
    breakpoints.delete(event.breakpoint)
    return
  }
  const { breakpoint } = event
  const following = [...breakpoints.keys()].find((id) => id > breakpoint.id)
  breakpoints.put(breakpoint.id, breakpoint, following)
}
