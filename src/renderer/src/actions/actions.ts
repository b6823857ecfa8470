// The actions behind buttons, keys and menu items.

import type { CommandType } from '../../../shared/commands'
import { counted } from '../../../shared/format'
import { isOutside, type NodeId, type PacketId, PROXY } from '../../../shared/ids'
import { CLASSIC_POOL } from '../../../shared/scenario'
import { hasLeft } from '../../../shared/state/left-clients'
import { isOnStage, useUi } from '../choices/ui'
import { focusFilter } from '../lab/filter'
import { useLab } from '../lab/lab'
import { askLesson, openNotes, useLesson } from '../lab/lesson'
import { useLine } from '../line/line'
import { listSessions } from '../past/kept-sessions'
import { atEnd, pastView, usePast } from '../past/past'
import { nodeName } from '../ui/names'
import { schemeOf } from '../ui/theme/apply'
import { seekBookmark } from './bookmarks'
import { canvasActions } from './canvas-actions'
import { focusClass } from './class'
import { toggleSelected } from './clients'
import { chooseFile, saveCapture, saveRecording, saveScenario } from './files'
import { holdNext, releaseHeld } from './holding'
import { focusLesson, goBack, goOn } from './lesson'
import { refused } from './refusal'
import { run } from './run'
import { offerScenario } from './scenario'
import { seekMark } from './seek-mark'
import type { Action } from './shortcuts'
import { faster, slower } from './speed'
import { toggleSpotlight } from './spotlight'
import { followSelected } from './travel'
import { noteChange, undoByFocus } from './undo'
import { copyViewerAddress } from './viewers'

export { run }

/** Removes a node and moves the focus to one beside it. */
export async function removeNode(node: NodeId): Promise<void> {
  canvasActions.focusBeside(node)
  const { live } = useLab.getState()
  const name = nodeName(live, node)
  const returns =
    live.nodes.get(node)?.role === 'server'
      ? ' It returns when it registers again.'
      : ' It returns with its next message.'
  const result = await run({ type: 'removeNode', node })
  if (result.ok) {
    noteChange(`${name} removed.${isOutside(node) ? returns : ''}`, result)
  }
  const { selection, select } = useUi.getState()
  if (result.ok && selection?.kind === 'node' && selection.id === node) select(null)
}

/** Takes the outside clients that have left off the graph. */
export async function clearLeftClients(): Promise<void> {
  const count = [...useLab.getState().live.nodes.values()].filter(hasLeft).length
  const result = await run({ type: 'clearLeftClients' })
  if (result.ok) noteChange(`${counted(count, 'client')} cleared.`, result)
}

/** Removes the selected node. The proxy stays. */
function removeSelected(): void {
  const { selection } = useUi.getState()
  if (selection?.kind === 'node' && selection.id !== PROXY) void removeNode(selection.id)
}

/** Clears the selection. The focus stays where it is, or goes from the inspector, which empties, to what was selected. */
function clearSelection(): void {
  const { selection, select } = useUi.getState()
  const inInspector = document.activeElement?.closest('.inspector') !== null
  if (inInspector && selection?.kind === 'node') canvasActions.focusNode(selection.id)
  if (inInspector && selection?.kind === 'policy') canvasActions.focusPolicy(selection.id)
  select(null)
}

/** Adds a node with the engine's defaults, and selects it so that it can be edited at once. */
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
  else useUi.getState().notify('info', 'Add a client first.')
}

/** Sets the speed of the past while looking back, else of the lab. */
export function setSpeed(speed: number): void {
  if (usePast.getState().view !== 'now') pastView().setSpeed(speed)
  else if (!refused('setSpeed')) void run({ type: 'setSpeed', speed })
}

function currentSpeed(): number {
  const { view, speed } = usePast.getState()
  return view === 'now' ? useLab.getState().state.clock.speed : speed
}

function togglePlay(): void {
  const { view, playing } = usePast.getState()
  if (view === 'now') {
    const { paused } = useLab.getState().state.clock
    if (!refused('pause')) void run({ type: paused ? 'resume' : 'pause' })
  } else if (playing) {
    pastView().stop()
  } else if (view === 'past' && atEnd()) {
    pastView().backToNow()
    if (useLine.getState().role === 'operator') void run({ type: 'resume' })
  } else {
    pastView().play()
  }
}

function stepToEnd(): void {
  const packet = packetToFollow()
  if (packet !== undefined) void run({ type: 'stepToEnd', packet })
  else useUi.getState().notify('info', NOTHING_TO_FOLLOW)
}

const NOTHING_TO_FOLLOW =
  'Select a packet first, or a client that has sent a message: the step goes on to the end of it.'

/** The selected packet, or the last message of the selected client. */
function packetToFollow(): PacketId | undefined {
  const { selection } = useUi.getState()
  if (selection?.kind === 'packet') return selection.id
  if (selection?.kind !== 'node') return undefined
  const { packets } = useLab.getState().state
  for (let index = packets.end - 1; index >= packets.first; index--) {
    const packet = packets.at(index)
    if (packet?.kind === 0 && packet.from === selection.id) return packet.id
  }
  return undefined
}

/** Wraps a change so that it is skipped, with a notice, while this command is refused. */
function unlessRefused(command: CommandType | undefined, change: () => void): () => void {
  return () => {
    if (!refused(command)) change()
  }
}

function unlessViewer(conduct: () => void): void {
  if (useLine.getState().role === 'operator') conduct()
  else
    useUi.getState().notify('info', 'You are a viewer of this lab: only an operator has a class.')
}

/** Leaves projector mode for a panel that it hides. Returns whether it was on. */
function leaveProjector(): boolean {
  const { projector, setProjector } = useUi.getState()
  setProjector(false)
  return projector
}

const HANDLERS: Record<Action, () => void> = {
  undo: () => undoByFocus('undo'),
  redo: () => undoByFocus('redo'),
  addServer: unlessRefused('addServer', () => void add('addServer')),
  addClient: unlessRefused('addClient', () => void add('addClient')),
  sendMessage: unlessRefused('sendMessage', () => useUi.getState().openComposer()),
  sendAll: unlessRefused('sendAll', () => void sendAll()),
  reset: unlessRefused('reset', () => useUi.getState().askAnew('reset')),
  newSession: unlessRefused('newSession', () => useUi.getState().askAnew('newSession')),
  openClassicPool: () => void offerScenario(CLASSIC_POOL),
  togglePlay,
  step: () => {
    if (usePast.getState().view !== 'now') void pastView().nextEvent()
    else if (!refused('step')) void run({ type: 'step' })
  },
  previousEvent: () => void pastView().previousEvent(),
  previousMark: () => seekMark(-1),
  nextMark: () => seekMark(1),
  showBookmarks: () => useUi.getState().setBookmarksOpen(true),
  previousBookmark: () => seekBookmark(-1),
  nextBookmark: () => seekBookmark(1),
  stepToDecision: unlessRefused('stepToDecision', () => void run({ type: 'stepToDecision' })),
  stepToEnd: unlessRefused('stepToEnd', stepToEnd),
  followSelected,
  backToNow: () => pastView().backToNow(),
  removeSelected: unlessRefused(undefined, removeSelected),
  toggleTraffic: unlessRefused('startTraffic', toggleSelected),
  holdNext: () => void holdNext(),
  releaseHeld: () => void releaseHeld(),
  openFile: chooseFile,
  openExample: () => useUi.getState().setExamplesOpen(true),
  openLessons: () => {
    const { setLessonsOpen, notify } = useUi.getState()
    if (useLine.getState().role !== 'operator') {
      notify('info', 'You are a viewer of this lab: only an operator can begin a lesson.')
      return
    }
    askLesson({ kind: 'list' })
    setLessonsOpen(true)
  },
  goToLesson: () => {
    if (useLesson.getState().view === null) perform('openLessons')
    else focusLesson()
  },
  goOnWithLesson: goOn,
  goBackInLesson: goBack,
  openNotes: () => {
    if (useLine.getState().role === 'operator') openNotes()
    else useUi.getState().notify('info', 'Only an operator of this lab sees the notes of a lesson.')
  },
  closeLesson: () => {
    if (useLesson.getState().view !== null) askLesson({ kind: 'close' })
    else useUi.getState().notify('info', 'No lesson is open.')
  },
  openRecent: () => {
    void listSessions()
    useUi.getState().setRecentOpen(true)
  },
  saveRecording: () => void saveRecording(),
  saveScenario,
  saveCapture: () => void saveCapture(),
  exportPools: () => useUi.getState().setExportOpen(true),
  checkProgram: () => {
    const { setCheckOpen, notify } = useUi.getState()
    if (useLine.getState().role === 'operator') setCheckOpen(true)
    else notify('info', 'You are a viewer of this lab: only an operator can have programs checked.')
  },
  swapProxy: unlessRefused('swapProxy', () => useUi.getState().setSwapOpen(true)),
  openRoom: () => unlessViewer(() => useUi.getState().setRoomOpen(true)),
  askClass: () =>
    unlessViewer(() => {
      const { askOpen, setAskOpen } = useUi.getState()
      setAskOpen(!askOpen)
      if (!askOpen) focusClass()
    }),
  copyViewerAddress: () => void copyViewerAddress(),
  slower: () => setSpeed(slower(currentSpeed())),
  faster: () => setSpeed(faster(currentSpeed(), usePast.getState().view === 'now')),
  normalSpeed: () => setSpeed(1),
  fitView: () => canvasActions.fitView(),
  zoomIn: () => canvasActions.zoomIn(),
  zoomOut: () => canvasActions.zoomOut(),
  tidyUp: () => canvasActions.tidyUp(),
  toggleSpotlight,
  clearSelection: () => {
    const { sequenceFull, setSequenceFull, projector, setProjector } = useUi.getState()
    const { projectorCharts, setProjectorCharts } = useUi.getState()
    const { spotlight, setSpotlight } = useUi.getState()
    if (spotlight !== null) setSpotlight(null)
    else if (sequenceFull) setSequenceFull(false)
    else if (projectorCharts) setProjectorCharts(false)
    else if (projector) setProjector(false)
    else clearSelection()
  },
  showPackets: () => useUi.getState().showDockTab('packets'),
  showSequence: () => useUi.getState().showDockTab('sequence'),
  showTable: () => useUi.getState().showDockTab('table'),
  showTerminals: () => useUi.getState().showDockTab('terminals'),
  showCharts: () => {
    const { projector, projectorCharts, setProjectorCharts, showDockTab } = useUi.getState()
    if (projector) setProjectorCharts(!projectorCharts)
    else showDockTab('charts')
  },
  compare: () => useUi.getState().setComparing(!useUi.getState().comparing),
  focusFilter: () => {
    leaveProjector()
    focusFilter()
  },
  fullSequence: () => useUi.getState().setSequenceFull(!useUi.getState().sequenceFull),
  toggleDock: () => {
    const { sequenceFull, setSequenceFull, dockOpen, setDockOpen } = useUi.getState()
    if (sequenceFull) setSequenceFull(false)
    else setDockOpen(leaveProjector() || !dockOpen)
  },
  toggleInspector: () => {
    const { inspectorOpen, setInspectorOpen } = useUi.getState()
    setInspectorOpen(leaveProjector() || !inspectorOpen)
  },
  toggleTheme: () => {
    const { theme, setTheme } = useUi.getState()
    setTheme(schemeOf(theme) === 'dark' ? 'light' : 'dark')
  },
  toggleTrafficView: () => useUi.getState().setTrafficView(!useUi.getState().trafficView),
  toggleProjector: () => useUi.getState().setProjector(!useUi.getState().projector),
  toggleStage: () => useUi.getState().setStage(!isOnStage(useUi.getState())),
  showNotices: () => useUi.getState().setNoticeLogOpen(true),
  showShortcuts: () => useUi.getState().setShortcutsOpen(true),
}

export function perform(action: Action): void {
  HANDLERS[action]()
}
