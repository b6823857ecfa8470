// The filter that is in force on the whole screen: the list shows what it lets through, the canvas dims the rest.
import { create } from 'zustand'
import { type Filter, parseFilter, type TextRange } from '../../../shared/filter/filter'

export interface FilterChoice {
  /** As it is typed. */
  text: string
  /** What is in force; undefined: everything is let through. The last valid one, while a mistake is being typed. */
  filter: Filter | undefined
  /** What is wrong with the text, and where. */
  mistake: { text: string; from: number; to: number } | undefined
}

export const useFilter = create<FilterChoice>(() => ({
  text: '',
  filter: undefined,
  mistake: undefined,
}))

/** `unfinished`: a word in it that is still being written, and is not in force yet. */
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

/** The filter in force: the same object until another one is in force; a text with a mistake leaves it as it was. */
function filterOf(text: string, inForce: Filter | undefined): Filter | undefined {
  if (text === '') return undefined
  if (text === inForce?.text) return inForce
  const parsed = parseFilter(text)
  return parsed.ok ? parsed.filter : inForce
}

let focusBox: (() => void) | undefined

/** Puts the caret into the filter's box. */
export function focusFilter(): void {
  focusBox?.()
}

/** The box says how it takes the focus. Returns the way to take that back. */
export function onFocusFilter(focus: () => void): () => void {
  focusBox = focus
  return () => {
    if (focusBox === focus) focusBox = undefined
  }
}
