// Starts the screen: first the theme, so that nothing flashes, then the connection to the engine, then React.
import { createRoot } from 'react-dom/client'
import { NOTES_FRAGMENT } from '../../shared/contract'
import { App } from './App'
import { perform } from './actions/actions'
import { openFile } from './actions/files'
import { startGiven } from './actions/files-from-system'
import { startViewers } from './actions/viewers'
import { startProgramChecks } from './checking'
import { useUi } from './choices/ui'
import { startComparisons } from './compare'
import { startLab } from './lab/lab'
import { startLooks } from './lab/looks'
import { NotesPage, startLessons, startNotes } from './lessons'
import { useLine } from './line/line'
import { connectBridge } from './line/transport'
import { allowOwnWorkers } from './line/trusted-types'
import { startKeptSessions } from './past/kept-sessions'
import { startPast } from './past/past'
import { startRoom } from './room'
import { ErrorBoundary } from './shell/ErrorBoundary'
import { startProblems, takeFault } from './shell/problems'
import { watchFocus } from './ui/focus-before'
import { loadLater } from './ui/lazily'
import { applyTheme } from './ui/theme/apply'
import './ui/theme/base.css'
import './shell/window.css'
import './shell/header.css'
import './shell/transport.css'
import './ui/popover.css'
import './shell/latency.css'
import './shell/composer.css'
import './shell/drop-target.css'
import './shell/progress.css'
import './shell/dock.css'
import './ui/grid.css'
import './packet-list/packets.css'
import './ui/pill.css'
import './table/table.css'
import './inspector/inspector.css'
import './inspector/bytes.css'
import './ui/note.css'
import './inspector/held-packet.css'
import './inspector/story.css'
import './decisions/pictures/drawing.css'
import './decisions/receipt.css'
import './decisions/others.css'
import './shell/notices.css'
import './shell/narrow.css'
import './ui/theme/forced-colours.css'

allowOwnWorkers()
watchFocus()
const { theme, projector } = useUi.getState()
applyTheme(theme, projector)

const bridge = connectBridge((fault) => useLine.setState({ fault }))
bridge.onRole((role) => useLine.setState({ role }))
startProblems(bridge)
const isNotes = window.location.hash === NOTES_FRAGMENT
if (isNotes) startNotes(bridge)
else startWindow()

const root = document.getElementById('root')
if (!root) throw new Error('index.html has no element with the id "root".')
createRoot(root, {
  // The errors that ErrorBoundary shows. React reports all others to the browser as errors of the page.
  onCaughtError: (error, { componentStack }) => takeFault(error, componentStack),
}).render(<ErrorBoundary>{isNotes ? <NotesPage /> : <App />}</ErrorBoundary>)
loadLater()

function startWindow(): void {
  startViewers(bridge)
  startLab(bridge)
  startLooks(bridge)
  startPast(bridge)
  startKeptSessions(bridge)
  startComparisons(bridge)
  startProgramChecks(bridge)
  startLessons(bridge)
  startRoom(bridge)
  bridge.onNotice((sentence) => useUi.getState().notify('error', sentence))
  startGiven(bridge, openFile)
  bridge.onMenu(perform)
}
