// The space that an element has for its content, in pixels, and the size of its font.
import { type RefObject, useLayoutEffect, useState } from 'react'

export interface ContentSize {
  readonly width: number
  readonly height: number
  readonly fontSize: number
}

/** Undefined until the element has been measured, before the first paint. */
export function useContentSize(place: RefObject<HTMLElement | null>): ContentSize | undefined {
  const [size, setSize] = useState<ContentSize>()
  useLayoutEffect(() => {
    const element = place.current
    if (element === null) return
    const measure = () => {
      const now = sizeOf(element)
      setSize((last) => (last !== undefined && areSame(last, now) ? last : now))
    }
    measure()
    const observer = new ResizeObserver(measure)
    observer.observe(element)
    return () => observer.disconnect()
  }, [place])
  return size
}

function sizeOf(element: HTMLElement): ContentSize {
  const style = getComputedStyle(element)
  const px = (name: 'paddingLeft' | 'paddingRight' | 'paddingTop' | 'paddingBottom' | 'fontSize') =>
    Number.parseFloat(style[name])
  return {
    width: element.clientWidth - px('paddingLeft') - px('paddingRight'),
    height: element.clientHeight - px('paddingTop') - px('paddingBottom'),
    fontSize: px('fontSize'),
  }
}

function areSame(one: ContentSize, other: ContentSize): boolean {
  return one.width === other.width && one.height === other.height && one.fontSize === other.fontSize
}
