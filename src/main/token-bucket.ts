// How much of something may happen: a burst at once, and so much a second in the long run.

export interface Rate {
  perSecond: number
  burst: number
}

export class TokenBucket {
  private left: number
  private countedAtMs: number

  /** `now`: a clock in milliseconds that never goes back. */
  constructor(
    private readonly rate: Rate,
    private readonly now: () => number = () => performance.now(),
  ) {
    this.left = rate.burst
    this.countedAtMs = now()
  }

  /** Takes so many, or none where there are not enough, and says which. */
  take(count = 1): boolean {
    const nowMs = this.now()
    const grown = ((nowMs - this.countedAtMs) / 1_000) * this.rate.perSecond
    this.left = Math.min(this.rate.burst, this.left + grown)
    this.countedAtMs = nowMs
    if (count > this.left) return false
    this.left -= count
    return true
  }
}
