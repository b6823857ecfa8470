// A button among the tools of a node.
import type { ComponentType, MouseEvent } from 'react'
import type { CommandType } from '../../../shared/commands'
import { type Action, shortcutOf } from '../actions/shortcuts'
import { useUi } from '../choices/ui'
import { useRefusal } from '../past/past'
import { Tip } from '../ui/Tip'

interface ToolProps {
  name: string
  tip: string
  Icon: ComponentType<{ size: number; 'aria-hidden': 'true' }>
  action?: Action
  /** The command that it gives, which a lesson may have locked. */
  command?: CommandType
  /** For a toggle button. */
  pressed?: boolean
  onClick(event: MouseEvent): void
}

export function Tool({ name, tip, Icon, action, command, pressed, onClick }: ToolProps) {
  const refusal = useRefusal(command)
  return (
    <Tip text={refusal?.tip ?? tip} shortcut={action && shortcutOf(action)}>
      <button
        type="button"
        aria-label={name}
        aria-pressed={pressed}
        aria-disabled={refusal !== undefined}
        onClick={(event) => {
          if (refusal === undefined) onClick(event)
          else useUi.getState().notify('info', refusal.sentence)
        }}
      >
        <Icon size={15} aria-hidden="true" />
      </button>
    </Tip>
  )
}
