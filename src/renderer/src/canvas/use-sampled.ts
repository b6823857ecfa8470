// Reads the lab's state at intervals: nobody reads a counter sixty times a second, and each new text costs a layout and a
// paint. Cards change at the pace for reading, so that a single message is counted at once; smaller nodes wait for the end of
// their interval. All nodes of a tier share one timer, so that React renders them in one pass.
import { useSyncExternalStore } from 'react'
import type { State } from '../../../shared/state/state'
import { useLab } from '../lab/lab'
import { onPaced } from '../lab/paced'
import type { Tier } from './spacing'

type Subscribe = (notify: () => void) => () => void

const SUBSCRIBE: Record<Tier, Subscribe> = {
  card: onPaced,
  compact: sampler(100),
  chip: sampler(250),
}

/**
 * Returns the selector's value, read again after changes, at most once in the tier's interval. The selector must
 * return primitive values or parts of the state, no new objects.
 */
export function useSampled<T>(tier: Tier, selector: (state: State) => T): T {
  return useSyncExternalStore(SUBSCRIBE[tier], () => selector(useLab.getState().state))
}

/** Subscribes to the lab; changes within an interval are reported once, at its end. */
function sampler(intervalMs: number): Subscribe {
  const listeners = new Set<() => void>()
  let timer: ReturnType<typeof setTimeout> | undefined
  let stop: (() => void) | undefined
  const onChange = () => {
    timer ??= setTimeout(() => {
      timer = undefined
      for (const listener of listeners) listener()
    }, intervalMs)
  }
  return (notify) => {
    listeners.add(notify)
    stop ??= useLab.subscribe(onChange)
    return () => {
      listeners.delete(notify)
      if (listeners.size > 0) return
      stop?.()
      stop = undefined
      clearTimeout(timer)
      timer = undefined
    }
  }
}
