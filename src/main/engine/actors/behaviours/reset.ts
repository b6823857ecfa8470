// Sends half of the answer and resets the connection.
import { type Behaviour, halfOf } from './behaviour'

export const reset: Behaviour = ({ rightAnswer }) => ({
  do: 'breakOff',
  bytes: halfOf(rightAnswer()),
  by: 'resetting',
})
