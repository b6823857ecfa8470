// More steps, beside the buttons for single ones.
import { ChevronDown } from 'lucide-react'
import { DropdownMenu } from 'radix-ui'
import { perform } from '../actions/actions'
import { type Action, shortcutOf } from '../actions/shortcuts'
import { pastView, usePast, useRefusal } from '../past/past'

const STEPS: { action: Action; label: string }[] = [
  { action: 'stepToDecision', label: 'Step to the next decision' },
  { action: 'stepToEnd', label: 'Step this message to its end' },
]

export function StepMenu() {
  const view = usePast((past) => past.view)
  const live = view === 'now'
  const isRefused = useRefusal('step') !== undefined
  return (
    <DropdownMenu.Root modal={false}>
      <DropdownMenu.Trigger
        className="transport-button transport-more"
        aria-label="More steps"
        title="More steps"
      >
        <ChevronDown size={15} aria-hidden="true" />
      </DropdownMenu.Trigger>
      <DropdownMenu.Content className="menu" sideOffset={8} collisionPadding={8}>
        {STEPS.map(({ action, label }) => (
          <Item key={action} action={action} label={label} disabled={isRefused} />
        ))}
        <DropdownMenu.Separator className="menu-line" />
        <Item action="previousMark" label="Previous mark on the timeline" />
        <Item action="nextMark" label="Next mark on the timeline" disabled={live} />
        {view === 'recording' && (
          <DropdownMenu.Item
            className="menu-item plain"
            onSelect={() => void pastView().seek({ at: usePast.getState().extent.to })}
          >
            To the end of the recording
          </DropdownMenu.Item>
        )}
        {!live && (
          <Item
            action="backToNow"
            label={view === 'past' ? 'Back to now' : 'Close the recording'}
          />
        )}
      </DropdownMenu.Content>
    </DropdownMenu.Root>
  )
}

interface ItemProps {
  action: Action
  label: string
  disabled?: boolean
}

function Item({ action, label, disabled = false }: ItemProps) {
  return (
    <DropdownMenu.Item
      className="menu-item plain"
      disabled={disabled}
      onSelect={() => perform(action)}
    >
      {label}
      <kbd>{shortcutOf(action)}</kbd>
    </DropdownMenu.Item>
  )
}
