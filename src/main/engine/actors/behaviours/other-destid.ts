// Gives the right hash, addressed to another client than the one that asked.
import { composeAnswer } from '../../../../shared/protocol/compose'
import type { Behaviour } from './behaviour'

export const otherDestid: Behaviour = ({ message, server }) => ({
  do: 'answer',
  kind: 2,
  bytes: (hash) => composeAnswer(server, `${message.source}0`, hash),
})
