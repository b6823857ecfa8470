// The menu of less frequent actions: files, appearance, canvas, reset, help.
import { Check, Dot, Ellipsis } from 'lucide-react'
import { DropdownMenu } from 'radix-ui'
import { ACTION_WORDS } from '../../../shared/action-words'
import { formatDuration } from '../../../shared/format'
import { CLASSIC_POOL } from '../../../shared/scenario'
import { perform, run } from '../actions/actions'
import { type Action, shortcutOf } from '../actions/shortcuts'
import { moveInHistory } from '../actions/undo'
import { servesViewers } from '../actions/viewers'
import type { Preferences } from '../choices/preferences'
import { isOnStage, useUi } from '../choices/ui'
import { useLab } from '../lab/lab'
import { useLesson } from '../lab/lesson'
import { useLine } from '../line/line'
import { useRefusal } from '../past/past'
import { LATENCIES_MS } from './LatencyMenu'

const THEMES: { value: Preferences['theme']; label: string }[] = [
  { value: 'system', label: 'As the system' },
  { value: 'light', label: 'Light' },
  { value: 'dark', label: 'Dark' },
]

interface MoreMenuProps {
  /** The header has no space for its buttons: they are here. */
  withActions: boolean
  /** Nor for the speed and the latency of the links. */
  withLinks: boolean
}

export function MoreMenu({ withActions, withLinks }: MoreMenuProps) {
  const theme = useUi((ui) => ui.theme)
  const projector = useUi((ui) => ui.projector)
  const stage = useUi(isOnStage)
  const dockOpen = useUi((ui) => ui.dockOpen)
  const trafficView = useUi((ui) => ui.trafficView)
  const scenario = useLab((lab) => lab.live.scenario)
  const isRefused = useRefusal() !== undefined
  const isSwapRefused = useRefusal('swapProxy') !== undefined
  const isAnewRefused = useRefusal('reset') !== undefined
  const isOperator = useLine(({ role }) => role === 'operator')
  const hasLesson = useLesson(({ view }) => view !== null)
  const pauses = useUi((ui) => ui.pausesWhileLookingBack)
  const {
    setTheme,
    setProjector,
    setStage,
    setDockOpen,
    setTrafficView,
    setPausesWhileLookingBack,
  } = useUi.getState()
  return (
    <DropdownMenu.Root modal={false}>
      <DropdownMenu.Trigger className="icon-button" aria-label="More" title="More">
        <Ellipsis size={18} aria-hidden="true" />
      </DropdownMenu.Trigger>
      <DropdownMenu.Content
        className="menu"
        align="end"
        sideOffset={8}
        collisionPadding={8}
        // In a low window it scrolls, which a person without a pointer must be able to do, too.
        tabIndex={0}
      >
        {isOperator && <UndoItems isRefused={isRefused} />}
        {withActions && <LabItems />}
        {withLinks && <LinkItems isRefused={isRefused} />}
        <Item action="openFile" />
        {isOperator && <Item action="openLessons" />}
        {isOperator && hasLesson && <Item action="openNotes" />}
        {isOperator && hasLesson && <Item action="closeLesson" />}
        {isOperator && <Item action="openExample" />}
        {isOperator && <Item action="openRecent" />}
        <Item action="saveRecording" />
        <Item action="saveScenario" />
        <Item action="saveCapture" />
        <Item action="exportPools" />
        {isOperator && <Item action="checkProgram" />}
        {isOperator && <Item action="swapProxy" disabled={isSwapRefused} />}
        {isOperator && <Item action="openRoom" />}
        {isOperator && <Item action="askClass" />}
        {isOperator && servesViewers() && <Item action="copyViewerAddress" />}
        <DropdownMenu.Separator className="menu-line" />
        <DropdownMenu.Label className="menu-label">Theme</DropdownMenu.Label>
        <DropdownMenu.RadioGroup value={theme}>
          {THEMES.map(({ value, label }) => (
            <RadioItem key={value} value={value} label={label} onChoose={() => setTheme(value)} />
          ))}
        </DropdownMenu.RadioGroup>
        <DropdownMenu.Separator className="menu-line" />
        <CheckItem action="toggleProjector" checked={projector} onChange={setProjector} />
        <CheckItem action="toggleStage" checked={stage} onChange={setStage} />
        <CheckItem action="toggleDock" checked={dockOpen} onChange={setDockOpen} />
        {isOperator && (
          <CheckItem
            label="Pause the lab while looking back"
            checked={pauses}
            onChange={setPausesWhileLookingBack}
          />
        )}
        <DropdownMenu.Separator className="menu-line" />
        <Item action="showBookmarks" />
        <Item action="compare" />
        <CheckItem action="toggleTrafficView" checked={trafficView} onChange={setTrafficView} />
        <Item action="fitView" />
        <Item action="tidyUp" />
        <DropdownMenu.Separator className="menu-line" />
        <Item action="newSession" disabled={isAnewRefused} />
        <Item action="reset" disabled={isAnewRefused} />
        {scenario !== null && scenario !== CLASSIC_POOL.name && <Item action="openClassicPool" />}
        <DropdownMenu.Separator className="menu-line" />
        <Item action="showNotices" />
        <Item action="showShortcuts" />
      </DropdownMenu.Content>
    </DropdownMenu.Root>
  )
}

interface ItemProps {
  action: Action
  disabled?: boolean
}

function Item({ action, disabled = false }: ItemProps) {
  return (
    <DropdownMenu.Item className="menu-item" disabled={disabled} onSelect={() => perform(action)}>
      {ACTION_WORDS[action]}
      <Key action={action} />
    </DropdownMenu.Item>
  )
}

interface CheckItemProps {
  action?: Action
  /** Where there is no action with words of its own. */
  label?: string
  checked: boolean
  onChange: (checked: boolean) => void
}

function CheckItem({ action, label, checked, onChange }: CheckItemProps) {
  return (
    <DropdownMenu.CheckboxItem className="menu-item" checked={checked} onCheckedChange={onChange}>
      <DropdownMenu.ItemIndicator className="menu-mark">
        <Check size={15} aria-hidden="true" />
      </DropdownMenu.ItemIndicator>
      {action ? ACTION_WORDS[action] : label}
      {action && <Key action={action} />}
    </DropdownMenu.CheckboxItem>
  )
}

function Key({ action }: { action: Action }) {
  const key = shortcutOf(action)
  return key ? <kbd>{key}</kbd> : null
}

/** Each says what it undoes or redoes. */
function UndoItems({ isRefused }: { isRefused: boolean }) {
  const history = useLab(({ live }) => live.history)
  return (
    <>
      {(['undo', 'redo'] as const).map((what) => (
        <DropdownMenu.Item
          key={what}
          className="menu-item"
          disabled={isRefused || history[what] === null}
          onSelect={() => void moveInHistory(what)}
        >
          <span>
            {ACTION_WORDS[what]}
            {history[what] && `: ${history[what].label}`}
          </span>
          <Key action={what} />
        </DropdownMenu.Item>
      ))}
      <DropdownMenu.Separator className="menu-line" />
    </>
  )
}

function LabItems() {
  return (
    <>
      <Item action="addClient" disabled={useRefusal('addClient') !== undefined} />
      <Item action="addServer" disabled={useRefusal('addServer') !== undefined} />
      <Item action="sendAll" disabled={useRefusal('sendAll') !== undefined} />
      <DropdownMenu.Separator className="menu-line" />
    </>
  )
}

function LinkItems({ isRefused }: { isRefused: boolean }) {
  const latencyMs = useLab(({ state }) => state.latencyMs)
  return (
    <>
      <Item action="toggleInspector" />
      <Item action="slower" disabled={isRefused} />
      <Item action="faster" disabled={isRefused} />
      <Item action="normalSpeed" disabled={isRefused} />
      <DropdownMenu.Separator className="menu-line" />
      <DropdownMenu.Label className="menu-label">Link latency</DropdownMenu.Label>
      <DropdownMenu.RadioGroup value={String(latencyMs)}>
        {LATENCIES_MS.map((choiceMs) => (
          <RadioItem
            key={choiceMs}
            value={String(choiceMs)}
            label={formatDuration(choiceMs)}
            disabled={isRefused}
            onChoose={() => void run({ type: 'updateLinks', latencyMs: choiceMs })}
          />
        ))}
      </DropdownMenu.RadioGroup>
      <DropdownMenu.Separator className="menu-line" />
    </>
  )
}

interface RadioItemProps {
  value: string
  label: string
  disabled?: boolean
  onChoose: () => void
}

function RadioItem({ value, label, disabled = false, onChoose }: RadioItemProps) {
  return (
    <DropdownMenu.RadioItem
      className="menu-item"
      value={value}
      disabled={disabled}
      onSelect={onChoose}
    >
      <DropdownMenu.ItemIndicator className="menu-mark">
        <Dot size={22} aria-hidden="true" />
      </DropdownMenu.ItemIndicator>
      {label}
    </DropdownMenu.RadioItem>
  )
}
