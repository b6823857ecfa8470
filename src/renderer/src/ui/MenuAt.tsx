// A menu that opens at a place of the window: for a node, a link or a mark on the canvas, which are no buttons.
import { DropdownMenu } from 'radix-ui'
import type { ReactNode } from 'react'
import { returnFocusTo, WindowAnchor } from './WindowAnchor'

/** Where a menu opens, and who gets the focus when it closes. */
export interface MenuPlace {
  /** In pixels of the window. */
  readonly at: DOMRect
  readonly returnTo: Element | null
}

interface MenuAtProps {
  place: MenuPlace
  /** The menu's name for screen readers. */
  name: string
  heading: string
  /** A class of its own beside `menu`. */
  className: string
  align?: 'start' | 'center'
  onClose(): void
  children: ReactNode
}

export function MenuAt({ place, name, heading, className, align, ...props }: MenuAtProps) {
  const { at, returnTo } = place
  const { onClose, children } = props
  return (
    <DropdownMenu.Root modal={false} open onOpenChange={(isOpen) => !isOpen && onClose()}>
      <DropdownMenu.Trigger asChild>
        <WindowAnchor at={at} />
      </DropdownMenu.Trigger>
      <DropdownMenu.Portal>
        <DropdownMenu.Content
          className={`menu ${className}`}
          align={align}
          sideOffset={6}
          collisionPadding={8}
          aria-labelledby={undefined}
          aria-label={name}
          onCloseAutoFocus={returnFocusTo(returnTo)}
          // Without the browser's own menu above it.
          onContextMenu={(event) => event.preventDefault()}
        >
          <DropdownMenu.Label className="menu-label">{heading}</DropdownMenu.Label>
          {children}
        </DropdownMenu.Content>
      </DropdownMenu.Portal>
    </DropdownMenu.Root>
  )
}

/** The place of this element; the focus returns to where it is now. */
export function placeOf(element: Element): MenuPlace {
  return { at: element.getBoundingClientRect(), returnTo: document.activeElement }
}
