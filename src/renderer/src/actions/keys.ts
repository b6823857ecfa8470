// The key handler: single keys start actions, unless the person is typing or the focused control uses the key itself.
import { useEffect } from 'react'
import { usePast } from '../past/past'
import { perform } from './actions'
import { type Action, actionOfKey } from './shortcuts'

const TYPING =
  'input:not([type=checkbox],[type=radio],[type=range]),textarea,select,[contenteditable]'
const OVERLAY = 'dialog,[role=dialog],[role=menu]'
/** Controls that use the space bar, the arrows and Enter while they have the focus. */
const CONTROL = 'button,a,summary,input,[role=tab],[role=separator]'
/** Actions that repeat while a key is held down when looking back; live steps would pile up. */
const REPEATED: readonly Action[] = ['previousEvent', 'step']

export function useShortcutKeys(): void {
  useEffect(() => {
    const onKeyDown = (event: KeyboardEvent) => {
      if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey) return
      const { target } = event
      if (target instanceof Element) {
        if (target.closest(`${TYPING},${OVERLAY}`)) return
        if (event.key === ' ' && target.closest(CONTROL)) return
      }
      const action = actionOfKey(event.key)
      if (!action) return
      event.preventDefault()
      const { view } = usePast.getState()
      if (!event.repeat || (view !== 'now' && REPEATED.includes(action))) perform(action)
    }
    window.addEventListener('keydown', onKeyDown)
    return () => window.removeEventListener('keydown', onKeyDown)
  }, [])
}
