// Gives the right answer, but late.
import type { Behaviour } from './behaviour'

export const slow: Behaviour = ({ answer, ms }) => ({
  do: 'answer',
  kind: 2,
  bytes: answer,
  laterMs: ms,
})
