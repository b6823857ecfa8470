// The message that a packet answers, with the hashes that a correct answer could have.
import { useMemo } from 'react'
import type { AnsweredMessage } from '../../../shared/diagnosis/message-notes'
import { PROXY } from '../../../shared/ids'
import { readBytes } from '../../../shared/protocol/reading'
import type { Packet } from '../../../shared/state/state'
import { useSha1 } from '../ui/sha1'

/** Undefined if the packet is not an answer, or if the message that it answers is unknown or unreadable. */
export function useAnsweredMessage(
  packet: Packet,
  exchange: readonly Packet[],
): AnsweredMessage | undefined {
  const isAnswer = packet.kind === 2
  const request = isAnswer ? exchange.find(({ id }) => id === packet.exchange) : undefined
  // If a message was forwarded twice, the server may have answered either copy: the first one is used.
  const forwarded = isAnswer
    ? exchange.find(({ kind, from }) => kind === 0 && from === PROXY)
    : undefined
  // The client compares with the bytes that it sent, before any edit.
  const message = request && messageIn(request.original ?? request.bytes)
  const received = forwarded && messageIn(forwarded.bytes)?.payload
  const sentHash = useSha1(message?.payload)
  const receivedHash = useSha1(received)
  return useMemo(
    () =>
      message && {
        client: message.source,
        sent: { payload: message.payload, hash: sentHash },
        received: received === undefined ? undefined : { payload: received, hash: receivedHash },
      },
    [message, sentHash, received, receivedHash],
  )
}

function messageIn(bytes: Uint8Array) {
  const reading = readBytes(bytes)
  return reading.kind === 'message' && reading.message.type === 0 ? reading.message : undefined
}
