// For tests: stories as they were told before `packet.carried`.
import { partsOfEvent } from './carried'
import type { LabEvent } from './events'

/** The same story with each carried packet sent, read and delivered, numbered anew. */
export function toldApart(events: readonly LabEvent[]): LabEvent[] {
  const first = events[0]?.seq ?? 1
  return events.flatMap(partsOfEvent).map((event, index) => ({ ...event, seq: first + index }))
}
