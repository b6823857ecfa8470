// Consecutive events of the journal, as bytes: what becomes one block of the recording, and what screens copy their
// frames from.
import { EventBytes, type EventMemory } from '../../../shared/feed/event-bytes'
import type { SharedLists } from '../../../shared/feed/shared-lists'
import type { State } from '../../../shared/state/state'

/** More pages than are read at the same time, unless somebody falls behind. */
const MOST_SPARE = 4

/**
 * The memory of pages that nobody reads any more. New memory for each page would cost more than what is written to it: the
 * system has to clear it, the collector to find out that it is free, and no processor's cache has it.
 */
export class PageMemory {
  private readonly spare: EventMemory[] = []

  /** Undefined where all of it is in use. */
  take(): EventMemory | undefined {
    return this.spare.pop()
  }

  give(memory: EventMemory): void {
    if (this.spare.length < MOST_SPARE) this.spare.push(memory)
  }
}

export class Page {
  readonly events: EventBytes
  /** The journal is the first. */
  private readers = 1

  /** `before`: the state before its first event. */
  constructor(
    readonly before: State,
    lists: SharedLists,
    private readonly memory: PageMemory,
  ) {
    this.events = new EventBytes(lists, memory.take())
  }

  /** Somebody reads its events, until they call `release`. */
  keep(): void {
    this.readers++
  }

  /** After the last reader's call its events are gone. */
  release(): void {
    if (--this.readers === 0) this.memory.give(this.events.takeMemory())
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
