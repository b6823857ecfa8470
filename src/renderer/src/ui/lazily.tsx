// Components whose code is not needed for the first screen. It is loaded when the page has started and has nothing to do, or
// when the component is shown before that.
import { type ComponentType, lazy, Suspense } from 'react'

const later: (() => Promise<unknown>)[] = []

/** `prepare`: called once the code has been loaded while the page was idle. */
export function lazily(
  load: () => Promise<ComponentType>,
  prepare?: () => Promise<void>,
): ComponentType {
  const Loaded = lazy(async () => ({ default: await load() }))
  later.push(() => load().then(prepare))
  return () => (
    <Suspense fallback={null}>
      <Loaded />
    </Suspense>
  )
}

/** Loads what is not needed yet, one after another, whenever the page is idle. */
export function loadLater(): void {
  requestIdleCallback(() => {
    const load = later.shift()
    if (load === undefined) return
    // If it fails, it is tried again when it is shown, which shows the error.
    load().then(loadLater, loadLater)
  })
}
