// What people do to the lab while a step is played, so that the step cannot continue: said as the beginning of a sentence.
import type { LabEvent } from '../../shared/events'
import type { LessonLab } from './lab'

/** The lab is another one than the lesson has made; undefined: it is still that. */
export function otherLab(event: LabEvent, { isChanging }: LessonLab): string | undefined {
  if (event.seq === 1) return 'A new session has begun'
  // Undo may bring another scenario back without a reset.
  const isOpened = event.type === 'scenario.reset' || event.type === 'scenario.opened'
  return isOpened && !isChanging ? 'Another scenario was opened, or the lab was reset,' : undefined
}

/** The lesson's program is no longer in the proxy's place, as a whole sentence; undefined: it is not about that. */
export function programGone(event: LabEvent, { isChanging }: LessonLab): string | undefined {
  if (event.type !== 'proxy.returned' || isChanging) return undefined
  return event.why === '' ? 'The program in the proxy’s place was taken away.' : event.why
}
