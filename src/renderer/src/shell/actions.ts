// What every button, key and menu item does.
import type { Command, CommandResult } from '../../../shared/commands'
import type { NodeId } from '../../../shared/ids'
import { canvasActions } from '../canvas/actions'
import { execute, useLab } from '../store/lab'
import { useUi } from '../store/ui'
import { schemeOf } from '../theme/apply'
import type { Action } from './shortcuts'
import { faster, slower } from './speed'

/** Asks the engine and tells the person if it could not be done. */
export async function run(command: Command): Promise<CommandResult> {
  const result = await execute(command)
  if (!result.ok) useUi.getState().notify('error', result.error)
  return result
}

/** Removes a node; the focus goes on to one beside it instead of being lost with it. */
export async function removeNode(node: NodeId): Promise<void> {
  canvasActions.focusBeside(node)
  const result = await run({ type: 'removeNode', node })
  const { selection, select } = useUi.getState()
  if (result.ok && selection?.kind === 'node' && selection.id === node) select(null)
}

/** Adds a node with what the engine chooses, and selects it so that it can be edited at once. */
async function add(type: 'addServer' | 'addClient'): Promise<void> {
  const result = await run({ type })
  if (result.ok && result.node) useUi.getState().select({ kind: 'node', id: result.node })
}

async function sendAll(): Promise<void> {
  const { state } = useLab.getState()
  const clients = [...state.nodes.values()].some(
    (node) => node.role === 'client' && node.origin === 'inside',
  )
  if (clients || !state.proxy) await run({ type: 'sendAll' })
  else useUi.getState().notify('info', 'There is no client that could send. Add one first.')
}

export function setSpeed(speed: number): void {
  void run({ type: 'setSpeed', speed })
}

const HANDLERS: Record<Action, () => void> = {
  addServer: () => void add('addServer'),
  addClient: () => void add('addClient'),
  sendMessage: () => useUi.getState().openComposer(),
  sendAll: () => void sendAll(),
  reset: () => useUi.getState().setResetAsked(true),
  togglePlay: () => {
    const { paused } = useLab.getState().state.clock
    void run({ type: paused ? 'resume' : 'pause' })
  },
  slower: () => setSpeed(slower(useLab.getState().state.clock.speed)),
  faster: () => setSpeed(faster(useLab.getState().state.clock.speed)),
  normalSpeed: () => setSpeed(1),
  fitView: () => canvasActions.fitView(),
  zoomIn: () => canvasActions.zoomIn(),
  zoomOut: () => canvasActions.zoomOut(),
  tidyUp: () => canvasActions.tidyUp(),
  clearSelection: () => useUi.getState().select(null),
  showPackets: () => useUi.getState().showDockTab('packets'),
  showTable: () => useUi.getState().showDockTab('table'),
  showTerminals: () => useUi.getState().showDockTab('terminals'),
  toggleDock: () => useUi.getState().setDockOpen(!useUi.getState().dockOpen),
  toggleInspector: () => useUi.getState().setInspectorOpen(!useUi.getState().inspectorOpen),
  toggleTheme: () => {
    const { theme, setTheme } = useUi.getState()
    setTheme(schemeOf(theme) === 'dark' ? 'light' : 'dark')
  },
  toggleProjector: () => useUi.getState().setProjector(!useUi.getState().projector),
  showShortcuts: () => useUi.getState().setShortcutsOpen(true),
}

export function perform(action: Action): void {
  HANDLERS[action]()
}
