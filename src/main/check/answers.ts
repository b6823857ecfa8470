// Is an answer right?
import { withVisibleControls } from '../../shared/visible-controls'
import { type QuestionFields, sha1 } from './dialect'
import { type Peer, quotedMessage, type Received } from './peer'
import type { Stage } from './stage'

/** Waits for the answer to this question, whose hash must be right. */
export async function rightAnswer(
  stage: Stage,
  peer: Peer,
  { payload }: QuestionFields,
): Promise<Received> {
  const hash = sha1(payload)
  const shown = withVisibleControls(payload.slice(0, 40))
  const expected = `${peer.name} to get a type-2 message with the payload ${hash}, the SHA-1 of “${shown}”`
  const received = await stage.next(peer, expected)
  const { message } = received
  if (message?.type === 2 && message.payload === hash) return received
  throw stage.failed('wrong', expected, `${peer.name} got ${quotedMessage(received)}`)
}
