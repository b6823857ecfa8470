// Whether the person is typing: keys are then text.

export const TYPING =
  'input:not([type=checkbox],[type=radio],[type=range]),textarea,select,[contenteditable]'

/** A list of options takes keys, but has no text that could be undone. */
const TEXT = 'input:not([type=checkbox],[type=radio],[type=range]),textarea,[contenteditable]'

export function isTyping(element: EventTarget | null): boolean {
  return element instanceof Element && element.closest(TEXT) !== null
}
