// What is evaluated in the page, as text: it answers with the moment, in milliseconds since 1970, at which something was on
// the screen, looking at each frame.

const NOW = 'performance.timeOrigin + performance.now()'
const FRAME = 'await new Promise(requestAnimationFrame)'

/** `condition`: an expression that is looked at before each frame. It holds, and two frames later it has been painted. */
function whenShown(condition: string): string {
  return `(async () => {
    while (!(${condition})) ${FRAME}
    ${FRAME}
    ${FRAME}
    return ${NOW}
  })()`
}

/** A button by its text or name; the page's own, so that nothing has to be found by the shape of the document. */
const button = (name: string) =>
  `[...document.querySelectorAll('button')].find((one) =>
    [one.textContent.trim(), one.getAttribute('aria-label')].includes(${JSON.stringify(name)}))`

export const BARE_IS_SHOWN = whenShown(
  `document.readyState === 'complete' && document.querySelector('h1')`,
)

/** Ten actors and the proxy, within sight, and the button for sending not covered by anything. */
export const POOL_IS_USABLE = whenShown(`(() => {
  const nodes = [...document.querySelectorAll('.react-flow__node')].filter((node) => {
    const { left, top, right, bottom, width } = node.getBoundingClientRect()
    const seen = getComputedStyle(node).visibility === 'visible'
    return seen && width > 0 && left >= 0 && top >= 0 && right <= innerWidth && bottom <= innerHeight
  })
  const send = ${button('Send message')}
  if (nodes.length < 11 || !send) return false
  const { left, top, width, height } = send.getBoundingClientRect()
  return send.contains(document.elementFromPoint(left + width / 2, top + height / 2))
})()`)

export const press = (name: string) => `void ${button(name)}.click()`

/** Presses "Send all", and waits until the canvas of the packets has something on it. */
export const FIRST_PACKET = `(async () => {
  ${button('Send all')}.click()
  const scratch = new OffscreenCanvas(320, 200).getContext('2d', { willReadFrequently: true })
  const drawn = () => {
    for (const canvas of document.querySelectorAll('[data-testid="packet-layer"] canvas')) {
      if (canvas.style.visibility !== 'visible') continue
      scratch.clearRect(0, 0, 320, 200)
      scratch.drawImage(canvas, 0, 0, 320, 200)
      if (scratch.getImageData(0, 0, 320, 200).data.some((value) => value > 0)) return true
    }
    return false
  }
  while (!drawn()) ${FRAME}
  return ${NOW}
})()`

export const atRest = whenShown(
  `document.querySelector('.timeline-status')?.textContent === 'Idle'`,
)
