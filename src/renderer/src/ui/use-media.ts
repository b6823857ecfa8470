// Whether the window fits a media query, for what CSS alone cannot move: header buttons that become menu items.
import { useCallback, useSyncExternalStore } from 'react'

/** Below this width, in CSS pixels, the header's buttons are in the menu. */
const HEADER_FITS = 1060
/** Below this width the panels are one below the other, and the page scrolls. As in shell/narrow.css. */
const PANELS_FIT = 760

export function useShortHeader(): boolean {
  return useIsBelow(HEADER_FITS)
}

export function useStackedPanels(): boolean {
  return useIsBelow(PANELS_FIT)
}

function useIsBelow(width: number): boolean {
  const query = `(width < ${width}px)`
  const subscribe = useCallback(
    (listener: () => void) => {
      const media = window.matchMedia(query)
      media.addEventListener('change', listener)
      return () => media.removeEventListener('change', listener)
    },
    [query],
  )
  return useSyncExternalStore(subscribe, () => window.matchMedia(query).matches)
}
