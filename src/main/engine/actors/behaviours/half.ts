// Sends half of the answer and closes the connection.
import { type Behaviour, halfOf } from './behaviour'

export const half: Behaviour = ({ answer }) => ({
  do: 'breakOff',
  bytes: (hash) => halfOf(answer(hash)),
  by: 'closing',
})
