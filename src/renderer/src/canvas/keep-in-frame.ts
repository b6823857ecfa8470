// Keeps a floating element within the canvas: it is moved up, down, or to the side, as far as it would reach
// over an edge.
import { type RefObject, useLayoutEffect } from 'react'

/** Pixels. */
const MARGIN = 8

export function useKeptInFrame(floating: RefObject<HTMLElement | null>): void {
  useLayoutEffect(() => {
    const element = floating.current
    const frame = element?.closest('.react-flow')
    if (!element || !frame) return
    const place = () => {
      const { top, bottom, left, right } = frame.getBoundingClientRect()
      element.style.translate = ''
      element.style.maxHeight = `${bottom - top - 2 * MARGIN}px`
      const now = element.getBoundingClientRect()
      const up = Math.max(0, now.bottom - (bottom - MARGIN)) - Math.max(0, top + MARGIN - now.top)
      const aside =
        Math.max(0, left + MARGIN - now.left) - Math.max(0, now.right - (right - MARGIN))
      element.style.translate = `${aside}px ${-up}px`
    }
    place()
    const observer = new ResizeObserver(place)
    observer.observe(element)
    observer.observe(frame)
    return () => observer.disconnect()
  }, [floating])
}
