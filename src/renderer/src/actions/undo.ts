// Undo and redo: of the text in a field that has the focus, else of the lab's set-up.
import type { Change } from '../../../shared/events'
import { type Changed, useUi } from '../choices/ui'
import { execute, useLab } from '../lab/lab'
import { refused } from './refusal'
import { isTyping } from './typing'

type UndoAction = 'undo' | 'redo'

/** Undoes or redoes the lab's next change; with a number, only that change. A notice says what, and offers the opposite. */
export async function moveInHistory(what: UndoAction, number?: number): Promise<void> {
  if (refused()) return
  const { notify, select } = useUi.getState()
  if (useLab.getState().live.history[what] === null) {
    return notify('info', `There is nothing to ${what}.`)
  }
  const result = await execute({ type: what, ...(number !== undefined && { change: number }) })
  if (!result.ok) return notify('error', result.error)
  const { change, node, note } = result
  if (change === undefined) return
  const text = `${what === 'undo' ? 'Undone' : 'Redone'}: ${change.label}.`
  const offers = what === 'undo' ? 'redo' : 'undo'
  notify('info', withNote(text, note), { number: change.number, offers })
  if (node !== undefined) select({ kind: 'node', id: node })
}

/** For a key or a menu item: a text field with the focus undoes what was typed in it. */
export function undoByFocus(what: UndoAction): void {
  if (document.querySelector('dialog[open]') && !isTyping(document.activeElement)) return
  // The only way to ask Chromium for it: the page cannot see a field's own history.
  if (isTyping(document.activeElement)) document.execCommand(what)
  else void moveInHistory(what)
}

/** A notice after a change of the set-up, with a button that undoes it. */
export function noteChange(
  text: string,
  { change, note }: { change?: Change; note?: string },
): void {
  const changed = change && { number: change.number, offers: 'undo' as const }
  useUi.getState().notify('info', withNote(text, note), changed)
}

/** What the notice's button does; undefined: something else comes first by now. */
export function offerOf({ number, offers }: Changed, history: Record<UndoAction, Change | null>) {
  return history[offers]?.number === number ? offers : undefined
}

function withNote(text: string, note: string | undefined): string {
  return note === undefined ? text : `${text} ${note}`
}
