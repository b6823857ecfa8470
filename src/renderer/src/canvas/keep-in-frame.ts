// Keeps a floating element within the canvas: it is moved up as far as it would reach below the lower edge.
import { type RefObject, useLayoutEffect } from 'react'

/** Pixels. */
const MARGIN = 8

export function useKeptInFrame(floating: RefObject<HTMLElement | null>): void {
  useLayoutEffect(() => {
    const element = floating.current
    const frame = element?.closest('.react-flow')
    if (!element || !frame) return
    const place = () => {
      const { top, bottom } = frame.getBoundingClientRect()
      element.style.translate = ''
      element.style.maxHeight = `${bottom - top - 2 * MARGIN}px`
      const now = element.getBoundingClientRect()
      const over = Math.min(now.bottom - (bottom - MARGIN), now.top - (top + MARGIN))
      if (over > 0) element.style.translate = `0 ${-over}px`
    }
    place()
    const observer = new ResizeObserver(place)
    observer.observe(element)
    observer.observe(frame)
    return () => observer.disconnect()
  }, [floating])
}
