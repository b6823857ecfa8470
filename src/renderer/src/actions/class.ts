// The panel in which the instructor asks the class, and the focus in it.

/** Moves the focus to the panel once it is on the screen. */
export function focusClass(): void {
  // The dialog or menu that this comes from gives the focus back first.
  requestAnimationFrame(() => {
    document.querySelector<HTMLElement>('.vote-panel h2')?.focus()
  })
}
