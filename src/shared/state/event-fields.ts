// What an event says, apart from what happened and when.
import type { LabEvent } from '../events'

export function fieldsOfEvent<E extends LabEvent>(event: E): Omit<E, 'type' | 'seq' | 'at'> {
  const { type: _type, seq: _seq, at: _at, ...fields } = event
  return fields
}
