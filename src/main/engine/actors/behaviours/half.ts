// Sends half of the answer and closes the connection.
import { type Behaviour, halfOf } from './behaviour'

export const half: Behaviour = ({ rightAnswer }) => ({
  do: 'breakOff',
  bytes: halfOf(rightAnswer()),
  by: 'closing',
})
