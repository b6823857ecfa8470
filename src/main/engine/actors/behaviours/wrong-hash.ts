// Answers with the hash of another payload.
import { composeAnswer } from '../../../../shared/protocol/compose'
import { hashOf } from '../../protocol/verdict'
import type { Behaviour } from './behaviour'

export const wrongHash: Behaviour = ({ message, server }) => ({
  do: 'answer',
  kind: 2,
  bytes: () => composeAnswer(server, message.source, hashOf(`not ${message.payload}`)),
})
