// A button with an icon that opens a menu under a heading.
import { DropdownMenu } from 'radix-ui'
import type { ReactNode } from 'react'

export interface ButtonMenuProps {
  /** The button's name. */
  name: string
  /** The button's tip; omitted, it is the name. */
  tip?: string
  /** What the button shows. */
  icon: ReactNode
  heading: string
  children: ReactNode
}

export function ButtonMenu({ name, tip = name, icon, heading, children }: ButtonMenuProps) {
  return (
    <DropdownMenu.Root modal={false}>
      <DropdownMenu.Trigger className="icon-button" aria-label={name} title={tip}>
        {icon}
      </DropdownMenu.Trigger>
      <DropdownMenu.Content
        className="menu dock-menu"
        align="end"
        sideOffset={6}
        collisionPadding={8}
      >
        <DropdownMenu.Label className="menu-label">{heading}</DropdownMenu.Label>
        {children}
      </DropdownMenu.Content>
    </DropdownMenu.Root>
  )
}
