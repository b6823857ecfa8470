// What is known of the question that a packet answers, with the hashes that a right answer could carry.
import { useMemo } from 'react'
import type { Asked } from '../../../shared/diagnosis/message-notes'
import { PROXY } from '../../../shared/ids'
import { readBytes } from '../../../shared/protocol/reading'
import type { Packet } from '../../../shared/state/state'
import { useSha1 } from './sha1'

/** Undefined for what is no answer, and where the question is not known or is no message. */
export function useAsked(packet: Packet, exchange: readonly Packet[]): Asked | undefined {
  const answers = packet.kind === 2
  const question = answers ? exchange.find(({ id }) => id === packet.exchange) : undefined
  // Forwarded more than once, the server that answered may have got any of them: the first is taken.
  const handedOver = answers
    ? exchange.find(({ kind, from }) => kind === 0 && from === PROXY)
    : undefined
  // What the client compares with is what it sent, whatever became of it.
  const asked = question && messageIn(question.original ?? question.bytes)
  const got = handedOver && messageIn(handedOver.bytes)?.payload
  const sentHash = useSha1(asked?.payload)
  const gotHash = useSha1(got)
  return useMemo(
    () =>
      asked && {
        client: asked.source,
        sent: { payload: asked.payload, hash: sentHash },
        handedOver: got === undefined ? undefined : { payload: got, hash: gotHash },
      },
    [asked, sentHash, got, gotHash],
  )
}

function messageIn(bytes: Uint8Array) {
  const reading = readBytes(bytes)
  return reading.kind === 'message' && reading.message.type === 0 ? reading.message : undefined
}
