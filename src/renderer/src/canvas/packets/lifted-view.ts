// Keeps nodes and edges as one picture while the view moves. Software rendering would otherwise repaint them at every
// step, which takes most of a frame at 300 servers. At rest they are painted again, since an enlarged picture is not
// sharp.
import type { useStoreApi } from 'reactflow'

type Store = Pick<ReturnType<typeof useStoreApi>, 'getState' | 'subscribe'>

/** The view is at rest when it has not moved for this long. */
const REST_MS = 150

/** `view`: the element that React Flow moves. Returns the way to stop. */
export function liftWhileMoving(store: Store, view: HTMLElement): () => void {
  let resting: ReturnType<typeof setTimeout> | undefined
  let { transform } = store.getState()
  const rest = () => view.style.removeProperty('will-change')
  const stop = store.subscribe((state) => {
    if (state.transform === transform) return
    transform = state.transform
    view.style.willChange = 'transform'
    clearTimeout(resting)
    resting = setTimeout(rest, REST_MS)
  })
  return () => {
    stop()
    clearTimeout(resting)
    rest()
  }
}
