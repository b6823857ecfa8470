// The panels below the canvas, one at a time, and the filter of the whole screen.
import { ChevronDown, ChevronUp } from 'lucide-react'
import { Tabs } from 'radix-ui'
import { type ReactNode, useEffect } from 'react'
import { perform } from '../actions/actions'
import { type Action, shortcutOf } from '../actions/shortcuts'
import { ChartsPanel } from '../charts'
import { DOCK_TABS, type DockTab } from '../choices/preferences'
import { useUi } from '../choices/ui'
import { ColumnsMenu, CopyMenu, FilterBox, PacketsPanel } from '../packet-list'
import { startMatches } from '../past/matches'
import { SequencePanel } from '../sequence'
import { TablePanel } from '../table'
import { TerminalsPanel } from '../terminals'
import { Tip } from '../ui/Tip'

interface Panel {
  title: string
  action: Action
  render: () => ReactNode
}

const PANELS: Record<DockTab, Panel> = {
  packets: { title: 'Packets', action: 'showPackets', render: () => <PacketsPanel /> },
  sequence: { title: 'Sequence', action: 'showSequence', render: () => <SequencePanel /> },
  table: { title: 'Switching table', action: 'showTable', render: () => <TablePanel /> },
  charts: { title: 'Charts', action: 'showCharts', render: () => <ChartsPanel /> },
  terminals: { title: 'Terminals', action: 'showTerminals', render: () => <TerminalsPanel /> },
}

export function Dock() {
  const tab = useUi((ui) => ui.dockTab)
  const open = useUi((ui) => ui.dockOpen && !ui.sequenceFull)
  const { showDockTab } = useUi.getState()
  useEffect(() => startMatches(), [])
  return (
    <Tabs.Root
      className={open ? 'dock is-open' : 'dock'}
      role="region"
      aria-label="Panels below"
      value={tab}
      onValueChange={(value) => {
        const chosen = DOCK_TABS.find((known) => known === value)
        if (chosen) showDockTab(chosen)
      }}
    >
      <div className="dock-bar">
        <Tabs.List className="tabs" aria-label="Panels">
          {DOCK_TABS.map((name) => (
            <Tip key={name} text={PANELS[name].title} shortcut={shortcutOf(PANELS[name].action)}>
              <Tabs.Trigger className="tab" value={name} onClick={() => showDockTab(name)}>
                {PANELS[name].title}
              </Tabs.Trigger>
            </Tip>
          ))}
        </Tabs.List>
        <div className="dock-tools">
          <FilterBox />
          {open && tab === 'packets' && (
            <>
              <ColumnsMenu />
              <CopyMenu />
            </>
          )}
          <Tip
            text={open ? 'Hide the panels' : 'Show the panels'}
            shortcut={shortcutOf('toggleDock')}
          >
            <button
              type="button"
              className="icon-button"
              aria-label="Panels below"
              aria-expanded={open}
              onClick={() => perform('toggleDock')}
            >
              {open ? (
                <ChevronDown size={18} aria-hidden="true" />
              ) : (
                <ChevronUp size={18} aria-hidden="true" />
              )}
            </button>
          </Tip>
        </div>
      </div>
      {DOCK_TABS.map((name) => (
        <Tabs.Content key={name} className="dock-panel" value={name} tabIndex={-1}>
          {open && PANELS[name].render()}
        </Tabs.Content>
      ))}
    </Tabs.Root>
  )
}
