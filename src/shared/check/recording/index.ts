// The exchange in which a requirement failed, as a recording: it opens on the graph and in the sequence diagram like any other.
import { concat } from '../../concat'
import { sliceOf } from '../../feed/event-bytes'
import { type Deflate, encodeBlock, encodeEnd, encodeHead } from '../../recording/writer'
import { castOf, type RecordedRequirement } from './cast'
import { exchangeEvents } from './story'

export { FLIGHT_MS } from './story'

interface Tools {
  readonly deflate: Deflate
  /** Lower-case hex, of the text's UTF-8 bytes. */
  sha1(text: string): Promise<string>
}

export async function checkRecording(
  requirement: RecordedRequirement,
  { deflate, sha1 }: Tools,
): Promise<Uint8Array<ArrayBuffer>> {
  const payloads = [...castOf(requirement).payloads]
  const hashes = await Promise.all(
    payloads.map(async (payload) => [payload, await sha1(payload)] as const),
  )
  const { events, realTimes } = exchangeEvents(requirement, new Map(hashes))
  const slice = sliceOf(events)
  const block = await encodeBlock({ slice, realTimes, before: undefined }, deflate)
  const { startedAt } = requirement.evidence
  return concat([encodeHead({ startedAt, app: 'homework check' }), block, encodeEnd()])
}
