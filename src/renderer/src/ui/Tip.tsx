// A tooltip that says what a control does and shows its key.
import { Tooltip } from 'radix-ui'
import type { ReactNode } from 'react'
import { type Action, keyOf } from '../actions/shortcuts'

/** Focus that comes back from a closed popover asks for no explanation; focus that Tab moves does. */
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
  action?: Action
  children: ReactNode
}

export function Tip({ text, action, children }: TipProps) {
  const key = action && keyOf(action)
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
          {key && <kbd>{key}</kbd>}
        </Tooltip.Content>
      </Tooltip.Portal>
    </Tooltip.Root>
  )
}
