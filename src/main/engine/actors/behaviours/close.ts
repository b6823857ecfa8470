// Closes the connection without an answer.
import type { Behaviour } from './behaviour'

export const close: Behaviour = () => ({ do: 'close' })
