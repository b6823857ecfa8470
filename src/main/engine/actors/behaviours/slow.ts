// Gives the right answer, but late.
import type { Behaviour } from './behaviour'

export const slow: Behaviour = ({ rightAnswer, ms }) => ({
  do: 'answer',
  kind: 2,
  bytes: rightAnswer(),
  laterMs: ms,
})
