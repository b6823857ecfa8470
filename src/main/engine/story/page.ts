// Consecutive events of the journal, as bytes: what becomes one block of the recording, and what screens copy their
// frames from.
import { EventBytes } from '../../../shared/feed/event-bytes'
import type { SharedLists } from '../../../shared/feed/shared-lists'
import type { State } from '../../../shared/state/state'

export class Page {
  readonly events: EventBytes
  /** For each event, in milliseconds since 1970, to the microsecond. */
  readonly realTimes: number[] = []

  /** `before`: the state before its first event. `last`: the page before it. */
  constructor(
    readonly before: State,
    lists: SharedLists,
    last?: Page,
  ) {
    this.events = new EventBytes(lists, last?.events)
  }
}

/** A position in the journal: this many events of this page precede it. */
export interface Position {
  readonly page: Page
  readonly index: number
  /** The number of the event before it. */
  readonly seq: number
  /** The packets sent before it. */
  readonly packets: number
}
