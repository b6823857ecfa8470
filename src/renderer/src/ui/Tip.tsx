// A tooltip: what a control does, and its key.
import { Tooltip } from 'radix-ui'
import type { ReactNode } from 'react'
import { reachedByTab } from './reached-by-tab'

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
          // A closed popover returns the focus to its button, which needs no tooltip then.
          if (!reachedByTab()) event.preventDefault()
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
