// Crashes as soon as it has a message: the proxy cannot know whether the work was done.
import type { Behaviour } from './behaviour'

export const crash: Behaviour = ({ ms }) => ({ do: 'crash', startsAgainMs: ms })
