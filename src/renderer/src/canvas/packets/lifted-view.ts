// While the view moves, its nodes and edges are kept as one picture that only changes place. Drawn in software, they
// would otherwise be painted anew for every step: at 300 servers that alone takes most of a frame. At rest
// they are painted again, since a picture that was enlarged is not sharp.
import type { useStoreApi } from 'reactflow'

type Store = Pick<ReturnType<typeof useStoreApi>, 'getState' | 'subscribe'>

/** The view rests when it has not moved for this long. */
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
