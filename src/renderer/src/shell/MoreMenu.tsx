// The menu of less frequent actions: files, appearance, canvas, reset, help.
import { Check, Dot, Ellipsis } from 'lucide-react'
import { DropdownMenu } from 'radix-ui'
import { CLASSIC_POOL } from '../../../shared/scenario'
import { perform } from '../actions/actions'
import { type Action, shortcutOf } from '../actions/shortcuts'
import { servesViewers } from '../actions/viewers'
import type { Preferences } from '../choices/preferences'
import { useUi } from '../choices/ui'
import { useLab } from '../lab/lab'
import { useLine } from '../line/line'
import { useRefusal } from '../past/past'
import { scenarioName } from '../ui/names'

const THEMES: { value: Preferences['theme']; label: string }[] = [
  { value: 'system', label: 'As the system' },
  { value: 'light', label: 'Light' },
  { value: 'dark', label: 'Dark' },
]

export function MoreMenu() {
  const theme = useUi((ui) => ui.theme)
  const projector = useUi((ui) => ui.projector)
  const dockOpen = useUi((ui) => ui.dockOpen)
  const scenario = useLab((lab) => lab.live.scenario)
  const isRefused = useRefusal() !== undefined
  const isOperator = useLine(({ role }) => role === 'operator')
  const pauses = useUi((ui) => ui.pausesWhileLookingBack)
  const { setTheme, setProjector, setDockOpen, setPausesWhileLookingBack } = useUi.getState()
  return (
    <DropdownMenu.Root modal={false}>
      <DropdownMenu.Trigger className="icon-button" aria-label="More" title="More">
        <Ellipsis size={18} aria-hidden="true" />
      </DropdownMenu.Trigger>
      <DropdownMenu.Content className="menu" align="end" sideOffset={8} collisionPadding={8}>
        <Item action="openFile" label="Open…" />
        <Item action="saveRecording" label="Save the recording…" />
        <Item action="saveScenario" label="Save the scenario…" />
        <Item action="saveCapture" label="Save a capture for Wireshark…" />
        {isOperator && servesViewers() && (
          <Item action="copyViewerAddress" label="Copy the address for viewers" />
        )}
        <DropdownMenu.Separator className="menu-line" />
        <DropdownMenu.Label className="menu-label">Theme</DropdownMenu.Label>
        <DropdownMenu.RadioGroup value={theme}>
          {THEMES.map(({ value, label }) => (
            <DropdownMenu.RadioItem
              key={value}
              className="menu-item"
              value={value}
              onSelect={() => setTheme(value)}
            >
              <DropdownMenu.ItemIndicator className="menu-mark">
                <Dot size={22} aria-hidden="true" />
              </DropdownMenu.ItemIndicator>
              {label}
            </DropdownMenu.RadioItem>
          ))}
        </DropdownMenu.RadioGroup>
        <DropdownMenu.Separator className="menu-line" />
        <CheckItem
          action="toggleProjector"
          label="Projector mode"
          checked={projector}
          onChange={setProjector}
        />
        <CheckItem
          action="toggleDock"
          label="Panels below"
          checked={dockOpen}
          onChange={setDockOpen}
        />
        {isOperator && (
          <CheckItem
            label="Pause the lab while looking back"
            checked={pauses}
            onChange={setPausesWhileLookingBack}
          />
        )}
        <DropdownMenu.Separator className="menu-line" />
        <Item action="fitView" label="Fit the view" />
        <Item action="tidyUp" label="Tidy up" />
        <DropdownMenu.Separator className="menu-line" />
        <Item action="reset" label={`Reset to ${scenarioName(scenario)}…`} disabled={isRefused} />
        {scenario !== null && scenario !== CLASSIC_POOL.name && (
          <Item action="openClassicPool" label="Back to the classic pool…" />
        )}
        <DropdownMenu.Separator className="menu-line" />
        <Item action="showShortcuts" label="Keyboard shortcuts" />
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
    <DropdownMenu.Item className="menu-item" disabled={disabled} onSelect={() => perform(action)}>
      {label}
      <Key action={action} />
    </DropdownMenu.Item>
  )
}

interface CheckItemProps {
  action?: Action
  label: string
  checked: boolean
  onChange: (checked: boolean) => void
}

function CheckItem({ action, label, checked, onChange }: CheckItemProps) {
  return (
    <DropdownMenu.CheckboxItem className="menu-item" checked={checked} onCheckedChange={onChange}>
      <DropdownMenu.ItemIndicator className="menu-mark">
        <Check size={15} aria-hidden="true" />
      </DropdownMenu.ItemIndicator>
      {label}
      {action && <Key action={action} />}
    </DropdownMenu.CheckboxItem>
  )
}

function Key({ action }: { action: Action }) {
  const key = shortcutOf(action)
  return key ? <kbd>{key}</kbd> : null
}
