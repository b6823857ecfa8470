// The tips of the transport: the same buttons move the lab and, while looking back, the past.
import type { Past } from '../past/past'

interface Time {
  view: Past['view']
  /** Whether the time on the screen does not run. */
  still: boolean
  /** Whether the screen shows the last moment of the past or the recording. */
  end: boolean
}

export function playTip({ view, still, end }: Time): string {
  if (view === 'now') return still ? 'Play: let time run' : 'Pause'
  if (!still) return 'Pause here'
  if (!end) return 'Play from here'
  return view === 'past' ? 'Back to now, and let time run' : 'Play from the beginning'
}

export function stepTip({ view, still, end }: Time): string {
  if (view === 'now') {
    return still ? 'Step to the next event' : 'Pause, and step to the next event'
  }
  return view === 'past' && end ? 'Back to now' : 'Step to the next event'
}
