// The bar on the canvas in projector mode: time and what it is doing, sending, and the way out.
import { Minimize2 } from 'lucide-react'
import { useEffect, useLayoutEffect, useRef } from 'react'
import { perform } from '../actions/actions'
import { shortcutOf } from '../actions/shortcuts'
import { isOnStage, useUi } from '../choices/ui'
import { useRefusal } from '../past/past'
import { RoomBadge } from '../room'
import { PastBand, PausedBand } from '../timeline'
import { Tip } from '../ui/Tip'
import { Composer } from './Composer'
import './projector.css'
import { StepMenu } from './StepMenu'
import { TimeButtons } from './Transport'

export function ProjectorBar() {
  useFocusReturns()
  const leave = useUi(isOnStage) ? 'Leave the stage view' : 'Leave projector mode'
  // Where nothing can be sent, what the screen shows needs the space.
  const sends = useRefusal('sendAll') === undefined
  return (
    <section className="projector-bar" aria-label="Projector mode">
      <PastBand />
      <PausedBand always />
      <RoomBadge />
      <fieldset className="transport">
        <legend className="visually-hidden">Time</legend>
        <TimeButtons />
        <StepMenu />
      </fieldset>
      {sends && (
        <>
          <Tip text="Every client sends its message, in turn" shortcut={shortcutOf('sendAll')}>
            <button
              type="button"
              className="button"
              aria-keyshortcuts={shortcutOf('sendAll')}
              onClick={() => perform('sendAll')}
            >
              Send all
            </button>
          </Tip>
          <Composer short />
        </>
      )}
      <Tip text={leave} shortcut="Esc">
        <button
          type="button"
          className="icon-button"
          aria-label={leave}
          onClick={() => perform('toggleProjector')}
        >
          <Minimize2 size={18} aria-hidden="true" />
        </button>
      </Tip>
    </section>
  )
}

/** Gives the focus back to where it was before the mode, unless it is on the graph. */
function useFocusReturns(): void {
  const before = useRef<HTMLElement>(undefined)
  // Before the panels are hidden, which takes the focus from them.
  useLayoutEffect(() => {
    before.current = focused()
  }, [])
  // After they are shown again.
  useEffect(
    () => () => {
      if (document.activeElement?.closest('.canvas')) return
      before.current?.focus({ preventScroll: true })
    },
    [],
  )
}

/** The element with the focus; of a menu, its button. */
function focused(): HTMLElement | undefined {
  const { activeElement } = document
  const opener = activeElement?.closest('[role=menu]')?.getAttribute('aria-labelledby')
  const element = opener ? document.getElementById(opener) : activeElement
  return element instanceof HTMLElement ? element : undefined
}
