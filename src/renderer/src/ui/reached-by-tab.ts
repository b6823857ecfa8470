// Whether the control that has the focus was reached with Tab, rather than by the pointer or by a closing menu, which
// returns the focus to its button.

let lastKey = ''
let reached = false

window.addEventListener('keydown', ({ key }) => (lastKey = key), true)
window.addEventListener('pointerdown', () => (lastKey = ''), true)
window.addEventListener('focusin', () => (reached = lastKey === 'Tab'), true)

export function reachedByTab(): boolean {
  return reached
}
