// The moment that the timeline shows, for whatever else draws the time: there is one clock on the screen. It does not
// advance while the lab is at rest.
import { useCallback, useSyncExternalStore } from 'react'
import type { SimMs } from '../../../shared/ids'
import { Paced } from '../lab/paced'
import { usePast } from './moment'

export const shownMoment = new Paced(() => usePast.getState().at, usePast.subscribe)

/** `drawn`: whether anything drawn depends on the time; if not, the moment is always 0. */
export function useShownMoment(drawn: boolean): SimMs {
  const read = useCallback(() => (drawn ? shownMoment.value : 0), [drawn])
  return useSyncExternalStore(shownMoment.subscribe, read)
}
