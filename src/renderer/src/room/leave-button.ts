/** Moves the focus away from a button that is about to go: to the title of its section, or to the first button of its dialog. */
export function leaveButton(button: HTMLElement): void {
  const title = button.closest('[role=tabpanel]')?.querySelector('h3')
  const first = button.closest('dialog')?.querySelector<HTMLElement>('[data-first-focus]')
  ;(title ?? first)?.focus()
}
