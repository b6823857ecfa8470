// Accepts, reads and says nothing: the sender waits until its own time limit.
import type { Behaviour } from './behaviour'

export const silent: Behaviour = () => ({ do: 'nothing' })
