// Starts the screen: the theme first, so that nothing flashes, then the line to the engine, then React.
import { createRoot } from 'react-dom/client'
import { App } from './App'
import { perform } from './shell/actions'
import { ErrorBoundary } from './shell/ErrorBoundary'
import { startLab } from './store/lab'
import { startPast } from './store/past'
import { startRecovered } from './store/recovered'
import { useUi } from './store/ui'
import { applyTheme } from './theme/apply'
import { connectBridge } from './transport'
import './theme/base.css'
import './shell/shell.css'
import './panels/panels.css'
import './panels/inspector/inspector.css'

const { theme, projector } = useUi.getState()
applyTheme(theme, projector)

const bridge = connectBridge()
startLab(bridge)
startPast(bridge)
void startRecovered(bridge)
bridge.onMenu(perform)

const root = document.getElementById('root')
if (!root) throw new Error('index.html has no element with the id "root".')
createRoot(root).render(
  <ErrorBoundary>
    <App />
  </ErrorBoundary>,
)
