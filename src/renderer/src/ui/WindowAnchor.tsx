// An invisible box over a part of the window, at which a menu or a popover opens.
import type { ComponentProps } from 'react'
import './window-anchor.css'

interface WindowAnchorProps extends ComponentProps<'span'> {
  /** In pixels of the window. */
  at: DOMRect
}

export function WindowAnchor({ at: { left, top, width, height }, ...props }: WindowAnchorProps) {
  return (
    <span
      {...props}
      className="window-anchor"
      style={{ left, top, width, height }}
      aria-hidden="true"
    />
  )
}

/** For `onCloseAutoFocus`: gives the focus back to the element that had it before. */
export function returnFocusTo(element: Element | null): (event: Event) => void {
  return (event) => {
    event.preventDefault()
    if (element instanceof HTMLElement) element.focus({ preventScroll: true })
  }
}
