// Starts the screen: the theme first, so that nothing flashes, then the line to the engine, then React.
import { createRoot } from 'react-dom/client'
import { App } from './App'
import { perform } from './shell/actions'
import { ErrorBoundary } from './shell/ErrorBoundary'
import { openFile } from './shell/files'
import { startGiven } from './store/given'
import { startLab } from './store/lab'
import { useLine } from './store/line'
import { startPast } from './store/past'
import { startProblems, takeFault } from './store/problems'
import { startRecovered } from './store/recovered'
import { useUi } from './store/ui'
import { applyTheme } from './theme/apply'
import { connectBridge } from './transport'
import { allowOwnWorkers } from './trusted-types'
import './theme/base.css'
import './shell/shell.css'
import './panels/panels.css'
import './panels/inspector/inspector.css'

allowOwnWorkers()
const { theme, projector } = useUi.getState()
applyTheme(theme, projector)

const bridge = connectBridge((fault) => useLine.setState({ fault }))
startProblems(bridge)
startLab(bridge)
startPast(bridge)
void startRecovered(bridge)
startGiven(bridge, openFile)
bridge.onMenu(perform)

const root = document.getElementById('root')
if (!root) throw new Error('index.html has no element with the id "root".')
createRoot(root, {
  // What ErrorBoundary shows. The rest React hands to the browser as errors of the page.
  onCaughtError: (error, { componentStack }) => takeFault(error, componentStack),
}).render(
  <ErrorBoundary>
    <App />
  </ErrorBoundary>,
)
