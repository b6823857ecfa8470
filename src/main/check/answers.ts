// Is an answer right?
import { withVisibleControls } from '../../shared/visible-controls'
import type { QuestionFields } from './dialect'
import { type Hashing, hashingOf, SHA1 } from './hashing'
import { type Peer, quotedMessage, type Received } from './peer'
import type { Stage } from './stage'

/** How many characters of the expected payload a sentence quotes: some programs send the whole payload back. */
const LONGEST_SHOWN = 128

/** Waits for the answer to this question, whose hash must be right. `hashing`: the program's own way. */
export async function rightAnswer(
  stage: Stage,
  peer: Peer,
  { payload }: QuestionFields,
  hashing: Hashing = SHA1,
): Promise<Received> {
  const hash = hashing.of(payload)
  const shown = withVisibleControls(payload.slice(0, 40))
  const what = hashing === SHA1 ? 'the SHA-1 of' : 'what it makes of'
  const wanted = withVisibleControls(hash.slice(0, LONGEST_SHOWN))
  const expected = `${peer.name} to get a type-2 message with the payload ${wanted}, ${what} “${shown}”`
  const received = await stage.next(peer, expected)
  const { message } = received
  if (message?.type === 2 && message.payload === hash) return received
  const came = `${peer.name} got ${quotedMessage(received)}`
  const own = message?.type === 2 ? hashingOf(payload, message.payload) : undefined
  throw stage.failed('wrong', expected, came, own?.hint)
}
