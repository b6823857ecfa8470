// The words of the transport: the same buttons move the lab and, while looking back, the past.
import { formatSpeed } from '../../../shared/format'
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

/** `10×`; of a lab that falls short: `10× is asked for, and 6.4× reached: this machine cannot keep up`. */
export function speedWords(speed: number, reached: number | undefined): string {
  const asked = formatSpeed(speed)
  if (reached === undefined) return asked
  return `${asked} is asked for, and ${reachedWords(reached)} reached: this machine cannot keep up`
}

/** To two digits. */
export function reachedWords(reached: number): string {
  return formatSpeed(Number(reached.toPrecision(2)))
}
