// Sends half of the answer and resets the connection.
import { type Behaviour, halfOf } from './behaviour'

export const reset: Behaviour = ({ answer }) => ({
  do: 'breakOff',
  bytes: (hash) => halfOf(answer(hash)),
  by: 'resetting',
})
