// Follows the lesson of this window: what was asked for and comes back, and the room that its column needs.
import type { Bridge } from '../../../shared/contract'
import { useUi } from '../choices/ui'
import { startLesson, useLesson } from '../lab/lesson'
import { saveFile } from '../ui/save-file'

/** In narrower windows, the inspector makes room for the column while a lesson is open. CSS pixels. */
const ALL_FIT = 1_700

/** Returns the way to stop. */
export function startLessons(bridge: Bridge): () => void {
  let inspectorReturns = false
  const stops = [
    startLesson(bridge),
    bridge.onLesson((update) => {
      if (update.kind === 'refused') useUi.getState().notify('error', update.error)
      if (update.kind === 'result') {
        saveFile(update.name, new Blob([update.text], { type: update.type }))
      }
    }),
    useLesson.subscribe(({ view }, before) => {
      const isOpen = view !== null
      // What was selected would look like a hint in another step.
      const isElsewhere = view?.id !== before.view?.id || view?.at !== before.view?.at
      if (isOpen && isElsewhere) useUi.getState().select(null)
      if (isOpen === (before.view !== null)) return
      const { inspectorOpen, setInspectorOpen, setLessonsOpen } = useUi.getState()
      if (isOpen) {
        setLessonsOpen(false)
        inspectorReturns = inspectorOpen && window.innerWidth < ALL_FIT
        if (inspectorReturns) setInspectorOpen(false)
      } else {
        if (inspectorReturns) setInspectorOpen(true)
        inspectorReturns = false
        // What the column was wide is free again.
        document.documentElement.style.removeProperty('--lesson-width')
      }
    }),
  ]
  return () => {
    for (const stop of stops) stop()
  }
}
