// The app: header, canvas, panels, and the layers above them.
import { Tooltip } from 'radix-ui'
import { useLayoutEffect } from 'react'
import { useShortcutKeys } from './actions/keys'
import { Canvas } from './canvas'
import { useUi } from './choices/ui'
import { Inspector } from './inspector'
import { LessonColumn } from './lessons'
import { Announcer } from './shell/Announcer'
import { Dialogs } from './shell/Dialogs'
import { Dock } from './shell/Dock'
import { DropTarget } from './shell/DropTarget'
import { Header } from './shell/Header'
import { Layout } from './shell/Layout'
import { ConnectionBanner } from './shell/Notices'
import { useTitle } from './shell/title'
import { applyTheme, onSystemScheme } from './ui/theme/apply'

const TIP_DELAY_MS = 500

export function App() {
  useTheme()
  useShortcutKeys()
  useTitle()
  return (
    <Tooltip.Provider delayDuration={TIP_DELAY_MS}>
      <div className="app">
        <Header />
        <ConnectionBanner />
        <Layout
          lesson={<LessonColumn />}
          canvas={<Canvas />}
          dock={<Dock />}
          inspector={<Inspector />}
        />
      </div>
      <Dialogs />
      <DropTarget />
      <Announcer />
    </Tooltip.Provider>
  )
}

function useTheme(): void {
  const theme = useUi((ui) => ui.theme)
  const projector = useUi((ui) => ui.projector)
  // Before the paint, together with what else the modes change.
  useLayoutEffect(() => {
    applyTheme(theme, projector)
    return onSystemScheme(() => applyTheme(theme, projector))
  }, [theme, projector])
}
