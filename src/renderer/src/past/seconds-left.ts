// The whole seconds until a moment, by the clock on the screen: they stand still while time is paused, and in the past they
// are those of that moment.
import { useCallback, useSyncExternalStore } from 'react'
import type { SimMs } from '../../../shared/ids'
import { leftWords } from '../../../shared/state/standing'
import { shownMoment } from './shown-moment'

/** `12 s`; empty once it has passed, or where there is no such moment. */
export function useTimeLeft(until: SimMs | undefined): string {
  const read = useCallback(
    () => (until === undefined ? '' : leftWords(until, shownMoment.value)),
    [until],
  )
  return useSyncExternalStore(shownMoment.subscribe, read)
}
