// The key handler: single keys start actions, unless the person is typing or the focused control uses the key itself.
import { useEffect } from 'react'
import { useUi } from '../choices/ui'
import { useLesson } from '../lab/lesson'
import { usePast } from '../past/past'
import { reachedByTab } from '../ui/reached-by-tab'
import { perform } from './actions'
import { type Action, actionOfCombination, actionOfKey, CLICKER_KEYS } from './shortcuts'
import { isTyping, TYPING } from './typing'

const OVERLAY = 'dialog,[role=dialog],[role=menu]'
/** Controls that always use the space bar while they have the focus. */
const TOGGLE = 'input,[role=separator]'
/**
 * Controls that use the space bar if the person moved to them with Tab. After a click, or when a closed menu has
 * returned the focus, the space bar pauses.
 */
const BUTTON = 'button,a,summary,[role=tab]'
/** Actions that repeat while a key is held down when looking back; live steps would pile up. */
const REPEATED: readonly Action[] = ['previousEvent', 'step']

export function useShortcutKeys(): void {
  useEffect(() => {
    const onKeyDown = (event: KeyboardEvent) => {
      if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey) return
      if (isLabCovered()) return
      const { target } = event
      if (target instanceof Element) {
        if (target.closest(`${TYPING},${OVERLAY}`)) return
        if (event.key === ' ' && usesSpace(target)) return
      }
      const action = actionOfKey(event.key)
      if (!action) return
      const isClicker = CLICKER_KEYS.includes(event.key)
      if (isClicker && !useUi.getState().projector) return
      event.preventDefault()
      // A clicker conducts the lesson, if one is open.
      if (isClicker && useLesson.getState().view !== null) {
        if (!event.repeat) perform(event.key === 'PageDown' ? 'goOnWithLesson' : 'goBackInLesson')
        return
      }
      const { view } = usePast.getState()
      if (!event.repeat || (view !== 'now' && REPEATED.includes(action))) perform(action)
    }
    // Before any form sees the key: in a check box or a list it undoes the lab's last change, too.
    const onCombination = (event: KeyboardEvent) => {
      const action = actionOfCombination(event)
      if (!action || isTyping(event.target) || isLabCovered()) return
      event.preventDefault()
      event.stopPropagation()
      perform(action)
    }
    // Before the button's own handler: a menu's button opens its menu on the press of the space bar.
    const onSpaceDown = (event: KeyboardEvent) => {
      const { key, target } = event
      if (key !== ' ' || event.ctrlKey || event.metaKey || event.altKey) return
      if (!(target instanceof Element) || target.closest(BUTTON) === null) return
      if (usesSpace(target) || target.closest(OVERLAY) !== null) return
      event.stopPropagation()
      onKeyDown(event)
    }
    // Some browsers click a button when the space bar is released, though its press was handled here.
    const onKeyUp = (event: KeyboardEvent) => {
      const { key, target } = event
      if (key === ' ' && target instanceof Element && target.closest(OVERLAY) === null) {
        if (target.closest(BUTTON) && !usesSpace(target)) event.preventDefault()
      }
    }
    window.addEventListener('keydown', onCombination, { capture: true })
    window.addEventListener('keydown', onSpaceDown, { capture: true })
    window.addEventListener('keydown', onKeyDown)
    window.addEventListener('keyup', onKeyUp)
    return () => {
      window.removeEventListener('keydown', onCombination, { capture: true })
      window.removeEventListener('keydown', onSpaceDown, { capture: true })
      window.removeEventListener('keydown', onKeyDown)
      window.removeEventListener('keyup', onKeyUp)
    }
  }, [])
}

/** While the comparison is open, it covers the lab, wherever the focus is. */
function isLabCovered(): boolean {
  return useUi.getState().comparing
}

function usesSpace(target: Element): boolean {
  if (target.closest(TOGGLE)) return true
  return target.closest(BUTTON) !== null && reachedByTab()
}
