// Follows the lesson in the window of the presenter's notes, which draws no graph.
import type { Bridge } from '../../../shared/contract'
import { startLesson } from '../lab/lesson'

export function startNotes(bridge: Bridge): void {
  startLesson(bridge)
  // The desktop tells a window of the lesson once it has subscribed. No frame is acknowledged, so only the first few are sent.
  bridge.subscribe(() => {})
}
