// The bar at the top: the app's name, the proxy's address, time, and buttons for actions.
import { PanelRight, Plus } from 'lucide-react'
import { perform } from '../actions/actions'
import { shortcutOf } from '../actions/shortcuts'
import { useUi } from '../choices/ui'
import { useLab } from '../lab/lab'
import { useRefusal } from '../past/past'
import { RoomBadge } from '../room'
import { Tip } from '../ui/Tip'
import { useShortHeader, useStackedPanels } from '../ui/use-media'
import { Composer } from './Composer'
import { LatencyMenu } from './LatencyMenu'
import { Logo } from './Logo'
import { MoreMenu } from './MoreMenu'
import { RoleBadge } from './RoleBadge'
import { Transport } from './Transport'

export function Header() {
  const isShort = useShortHeader()
  const isStacked = useStackedPanels()
  const projector = useUi((ui) => ui.projector)
  return (
    <header className="header">
      <div className="header-left">
        <Logo />
        <h1>Roundabout</h1>
        <Place />
        <RoleBadge />
        <RoomBadge />
      </div>
      <div className="header-time">
        <Transport />
        <LatencyMenu />
      </div>
      <div className="header-right">
        {!isShort && <LabButtons />}
        {/* In projector mode its button is in the bar on the canvas. */}
        {!projector && <Composer short={isStacked} />}
        {!isStacked && <InspectorToggle />}
        <MoreMenu withActions={isShort} withLinks={isStacked} />
      </div>
    </header>
  )
}

/** In a short header these are in the menu. */
function LabButtons() {
  return (
    <>
      <ActionButton action="addClient" label="Add client" tip="Add a client" plus />
      <ActionButton action="addServer" label="Add server" tip="Add a server to the pool" plus />
      <ActionButton
        action="sendAll"
        label="Send all"
        tip="Every client sends its message, in turn"
      />
    </>
  )
}

/** The proxy's address, with a word if its port is not the requested one. */
function Place() {
  const proxy = useLab(({ state }) => state.proxy)
  if (!proxy) return null
  const moved = proxy.askedPort !== 0 && proxy.askedPort !== proxy.port
  const address = `${proxy.host}:${proxy.port}`
  const why = moved ? `: port ${proxy.askedPort} was taken` : ''
  return (
    <p className="place" title={`The proxy listens on ${address}${why}`}>
      <span className="place-address">{address}</span>
      {moved && <span className="place-moved">{proxy.askedPort} was taken</span>}
    </p>
  )
}

interface ActionButtonProps {
  action: 'addClient' | 'addServer' | 'sendAll'
  label: string
  tip: string
  plus?: boolean
}

function ActionButton({ action, label, tip, plus }: ActionButtonProps) {
  const refusal = useRefusal(action)
  return (
    <Tip text={refusal?.tip ?? tip} shortcut={shortcutOf(action)}>
      <button
        type="button"
        className="button"
        aria-disabled={refusal !== undefined}
        aria-keyshortcuts={shortcutOf(action)}
        onClick={() => perform(action)}
      >
        {plus && <Plus size={16} aria-hidden="true" />}
        {label}
      </button>
    </Tip>
  )
}

function InspectorToggle() {
  const open = useUi((ui) => ui.inspectorOpen)
  return (
    <Tip
      text={open ? 'Hide the inspector' : 'Show the inspector'}
      shortcut={shortcutOf('toggleInspector')}
    >
      <button
        type="button"
        className="icon-button"
        aria-label="Inspector"
        aria-pressed={open}
        onClick={() => perform('toggleInspector')}
      >
        <PanelRight size={18} aria-hidden="true" />
      </button>
    </Tip>
  )
}
