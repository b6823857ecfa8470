// A tooltip: what a control does, and its key.
import { Tooltip } from 'radix-ui'
import type { ReactNode } from 'react'

/** Shows the tooltip when Tab moves the focus, but not when a closed popover returns it. */
let lastKey = ''
window.addEventListener(
  'keydown',
  (event) => {
    lastKey = event.key
  },
  true,
)

interface TipProps {
  text: string
  /** As printed on a keyboard. */
  shortcut?: string | undefined
  children: ReactNode
}

export function Tip({ text, shortcut, children }: TipProps) {
  return (
    <Tooltip.Root>
      <Tooltip.Trigger
        asChild
        onFocus={(event) => {
          if (lastKey !== 'Tab') event.preventDefault()
        }}
      >
        {children}
      </Tooltip.Trigger>
      <Tooltip.Portal>
        <Tooltip.Content className="tip" sideOffset={6} collisionPadding={8}>
          {text}
          {shortcut && <kbd>{shortcut}</kbd>}
        </Tooltip.Content>
      </Tooltip.Portal>
    </Tooltip.Root>
  )
}
