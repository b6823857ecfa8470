// What this window looks at beyond what every window gets: the engine computes it only while somebody does.
import { useEffect } from 'react'
import type { CommandOf } from '../../../shared/commands'
import type { Bridge } from '../../../shared/contract'
import type { ProtocolId } from '../../../shared/ids'
import { MAX_WATCHED } from '../../../shared/limits'

type Look = Omit<CommandOf<'look'>, 'type'>

/** What is no longer looked at for this long is given up: a person who selects something else may come back. */
const GIVEN_UP_MS = 2_000

/** How many views look at each policy. */
type Viewers = Map<ProtocolId, number>

class LookReport {
  private readonly viewers: Record<keyof Look, Viewers> = { pictures: new Map(), others: new Map() }
  private bridge: Bridge | undefined
  /** What the engine knows, as JSON. */
  private sent = JSON.stringify({ pictures: [], others: [] })
  private timer: ReturnType<typeof setTimeout> | undefined

  start(bridge: Bridge): () => void {
    this.bridge = bridge
    const stop = bridge.onConnected((connected) => {
      // An engine that was started anew knows nothing.
      this.sent = JSON.stringify({ pictures: [], others: [] })
      if (connected) this.send()
    })
    return () => {
      stop()
      clearTimeout(this.timer)
      this.bridge = undefined
    }
  }

  /** Returns the way to stop. */
  begin(what: keyof Look, policy: ProtocolId): () => void {
    const viewers = this.viewers[what]
    viewers.set(policy, (viewers.get(policy) ?? 0) + 1)
    this.sendAfter(0)
    return () => {
      const left = (viewers.get(policy) ?? 1) - 1
      if (left > 0) viewers.set(policy, left)
      else viewers.delete(policy)
      this.sendAfter(GIVEN_UP_MS)
    }
  }

  private sendAfter(ms: number): void {
    clearTimeout(this.timer)
    this.timer = setTimeout(() => this.send(), ms)
  }

  private send(): void {
    const { pictures, others } = this.viewers
    const first = (viewers: Viewers) => [...viewers.keys()].slice(0, MAX_WATCHED)
    const look: Look = { pictures: first(pictures), others: first(others) }
    const text = JSON.stringify(look)
    if (text === this.sent) return
    this.sent = text
    void this.bridge?.execute({ type: 'look', ...look }).catch(() => {})
  }
}

const report = new LookReport()

/** Tells the engine what this window's views look at. Returns the way to stop. */
export function startLooks(bridge: Bridge): () => void {
  return report.start(bridge)
}

/** Looks at this of a policy. Returns the way to stop. */
export function lookAt(what: keyof Look, policy: ProtocolId): () => void {
  return report.begin(what, policy)
}

/** Looks at this of a policy for as long as the view is there; undefined: at nothing. */
export function useLook(what: keyof Look, policy: ProtocolId | undefined): void {
  useEffect(() => (policy === undefined ? undefined : lookAt(what, policy)), [what, policy])
}
