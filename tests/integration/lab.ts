// Helpers for tests of a whole engine: they wait for events, never for time.
import type { Engine } from '../../src/main/engine/index'
import { partsOfEvent } from '../../src/shared/carried'
import type { EventType, LabEvent } from '../../src/shared/events'

type Of<T extends EventType> = Extract<LabEvent, { type: T }>

/** The event as one of this type: itself, or a part of a carried packet. Undefined: it is of another type. */
function asType<T extends EventType>(event: LabEvent, type: T): Of<T> | undefined {
  return partsOfEvent(event).find((part): part is Of<T> => part.type === type)
}

/** Resolves with the next event that matches. A carried packet is sent, read and delivered. */
export function nextEvent<T extends EventType>(
  engine: Engine,
  type: T,
  fits: (event: Of<T>) => boolean = () => true,
): Promise<Of<T>> {
  return new Promise((resolve) => {
    const stop = engine.subscribe((event) => {
      const told = asType(event, type)
      if (told === undefined || !fits(told)) return
      stop()
      resolve(told)
    })
  })
}

/** Resolves once the condition holds; checks it after every event. */
export function until(engine: Engine, holds: () => boolean): Promise<void> {
  return new Promise((resolve) => {
    if (holds()) {
      resolve()
      return
    }
    const stop = engine.subscribe(() => {
      if (!holds()) return
      stop()
      resolve()
    })
  })
}

/** Collects all later events of a type. */
export function collect<T extends EventType>(engine: Engine, type: T): Of<T>[] {
  const found: Of<T>[] = []
  engine.subscribe((event) => {
    const told = asType(event, type)
    if (told) found.push(told)
  })
  return found
}
