// The active filter, for the whole screen: the list shows the matches, and the canvas dims the rest.
import { create } from 'zustand'
import { type Filter, parseFilter, type TextRange } from '../../../shared/filter/filter'

interface FilterChoice {
  /** The text in the box. */
  text: string
  /** The active filter; undefined: everything matches. While the text has a mistake, it is the last valid filter. */
  filter: Filter | undefined
  /** What is wrong with the text, and where. */
  mistake: { text: string; from: number; to: number } | undefined
}

export const useFilter = create<FilterChoice>(() => ({
  text: '',
  filter: undefined,
  mistake: undefined,
}))

/** `unfinished`: a word in the text that is still being typed and does not filter yet. */
export function setFilter(text: string, unfinished?: TextRange): void {
  const parsed = parseFilter(text)
  if (!parsed.ok) {
    const { error, from, to } = parsed
    useFilter.setState({ text, mistake: { text: error, from, to } })
    return
  }
  const { filter } = useFilter.getState()
  const finished = unfinished ? text.slice(0, unfinished.from) + text.slice(unfinished.to) : text
  useFilter.setState({ text, filter: filterOf(finished.trim(), filter), mistake: undefined })
}

/** The filter of this text: the same object if nothing changes; a text with a mistake changes nothing. */
function filterOf(text: string, inForce: Filter | undefined): Filter | undefined {
  if (text === '') return undefined
  if (text === inForce?.text) return inForce
  const parsed = parseFilter(text)
  return parsed.ok ? parsed.filter : inForce
}

let focusBox: (() => void) | undefined

/** Moves the focus into the filter's box. */
export function focusFilter(): void {
  focusBox?.()
}

/** Registers how the box takes the focus. Returns the way to unregister it. */
export function onFocusFilter(focus: () => void): () => void {
  focusBox = focus
  return () => {
    if (focusBox === focus) focusBox = undefined
  }
}
