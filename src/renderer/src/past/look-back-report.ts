// Tells the engine that this window looks back, so that it can pause the lab meanwhile, and that it is live again.
import type { Bridge } from '../../../shared/contract'
import { useUi } from '../choices/ui'
import { useLine } from '../line/line'

export class LookBackReport {
  /** Whether the engine was told that this window looks back. */
  private told = false
  private readonly stops: readonly (() => void)[]

  constructor(private readonly bridge: Bridge) {
    this.stops = [
      useUi.subscribe(({ pausesWhileLookingBack: pauses }, before) => {
        if (pauses !== before.pausesWhileLookingBack) this.repeat()
      }),
      bridge.onConnected((connected) => {
        if (connected) this.repeat()
      }),
    ]
  }

  get isTold(): boolean {
    return this.told
  }

  /** Rejects with an Error in words if the engine refuses. */
  async begin(): Promise<void> {
    const { role } = useLine.getState()
    const pausesLab = role === 'operator' && useUi.getState().pausesWhileLookingBack
    this.told = true
    const result = await this.bridge.execute({ type: 'lookBack', pausesLab })
    if (result.ok) return
    this.told = false
    throw new Error(result.error)
  }

  /** Says it again to an engine that may not know it. */
  repeat(): void {
    if (this.told) void this.begin().catch(() => {})
  }

  end(): void {
    if (!this.told) return
    this.told = false
    void this.bridge.execute({ type: 'returnToLive' })
  }

  close(): void {
    for (const stop of this.stops) stop()
  }
}
