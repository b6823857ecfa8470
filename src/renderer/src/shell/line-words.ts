// Words for a broken connection to the engine: what happened, what can still be seen, what to do.
import type { LineFault } from '../line/line'

const SEEN = {
  now: 'What you see is the last known state.',
  past: 'What has been read of the past can still be looked at.',
  recording: 'The recording can still be looked at.',
} as const

/** `view`: what is on the screen; undefined if the lab has never been there. */
export function lineWords(
  fault: LineFault | undefined,
  view: keyof typeof SEEN | undefined,
): string {
  return sentences(fault, view).join(' ')
}

function sentences(fault: LineFault | undefined, view: keyof typeof SEEN | undefined): string[] {
  const seen = view === undefined ? [] : [SEEN[view]]
  switch (fault?.kind) {
    case undefined:
      if (view === undefined) return ['Connecting to the engine…']
      return ['The connection to Roundabout was lost.', ...seen, 'Trying again…']
    case 'silent':
      return [
        'Roundabout has stopped.',
        ...seen,
        'Start it again, and open the new address that it prints.',
      ]
    case 'stale':
      return [
        'Roundabout was started anew, and this page is from the run before.',
        ...seen,
        'Open the address that it has printed in the terminal.',
      ]
    case 'full':
      return ['Too many windows are open. Close one, and this one connects by itself.', ...seen]
    case 'cutOff':
      return [
        `Roundabout has cut this window off. ${fault.reason}`,
        ...seen,
        'Reload the page to go on.',
      ]
  }
}
