// What is known of the program in our proxy's place, after an event about it.
import type { LabEvent } from '../events'
import type { ForeignEvent, ForeignState } from '../foreign-proxy'
import type { ProtocolId } from '../ids'
import type { DraftMap } from './draft-map'
import { fieldsOfEvent } from './event-fields'
import type { GivenDraft } from './given'
import type { PacketDraft } from './packet-draft'
import type { RowState } from './state'

interface ChoiceDraft {
  readonly given: GivenDraft
  readonly packets: PacketDraft
  readonly rows: DraftMap<ProtocolId, RowState>
}

/** Notes a choice in the draft as well: on its question, and in the server's row. */
export function withForeign(
  foreign: ForeignState | null,
  event: Extract<LabEvent, { type: ForeignEvent['type'] }>,
  draft: ChoiceDraft,
): ForeignState | null {
  switch (event.type) {
    case 'proxy.swapped':
      return { ...event.proxy, since: event.at, seen: 0, expected: 0, inTurn: 0, last: [] }
    case 'proxy.returned':
      return null
    case 'choice.seen':
      noteChoice(draft, event)
      return foreign && withChoice(foreign, event)
  }
}

type ChoiceSeen = Extract<LabEvent, { type: 'choice.seen' }>

function noteChoice({ given, packets, rows }: ChoiceDraft, event: ChoiceSeen): void {
  const { exchange, server } = event
  given.decided(exchange, server)
  const question = packets.edit(exchange)
  if (question) question.choice = fieldsOfEvent(event)
  const row = rows.edit(server)
  if (row) row.chosen++
}

function withChoice(foreign: ForeignState, event: ChoiceSeen): ForeignState {
  const { policy, expected, server } = event
  return {
    ...foreign,
    seen: foreign.seen + 1,
    expected: foreign.expected + (expected === null ? 0 : 1),
    inTurn: foreign.inTurn + (expected === server ? 1 : 0),
    last: [
      ...foreign.last.filter((other) => other.policy !== policy),
      { ...fieldsOfEvent(event), at: event.at },
    ],
  }
}
