// Where the focus was last outside of dialogs and menus. A dialog that was opened from a menu cannot give the focus back to its
// item, which is gone by then, but to the button that the menu belongs to.
let latest: HTMLElement | undefined

/** Begins to take note of it. */
export function watchFocus(): void {
  document.addEventListener('focusin', ({ target }) => {
    if (!(target instanceof HTMLElement) || target.closest('dialog')) return
    const menu = target.closest('[role="menu"]')
    if (menu === null) latest = target
    else latest = document.getElementById(menu.getAttribute('aria-labelledby') ?? '') ?? latest
  })
}

/** Gives the focus back, if nothing else has it. */
export function returnFocus(): void {
  const isNowhere = document.activeElement === null || document.activeElement === document.body
  if (isNowhere && latest?.isConnected) latest.focus()
}
