// A rate limit: a burst at once, and a steady rate in the long run.

export interface Rate {
  perSecond: number
  burst: number
}

export class TokenBucket {
  private left: number
  private countedAtMs: number

  /** `now`: a monotonic clock in milliseconds. */
  constructor(
    private readonly rate: Rate,
    private readonly now: () => number = () => performance.now(),
  ) {
    this.left = rate.burst
    this.countedAtMs = now()
  }

  /** Takes `count` tokens, or none if there are not enough; returns whether it took them. */
  take(count = 1): boolean {
    this.grow()
    if (count > this.left) return false
    this.left -= count
    return true
  }

  /** Whether not even one token is there. */
  isEmpty(): boolean {
    this.grow()
    return this.left < 1
  }

  private grow(): void {
    const nowMs = this.now()
    const grown = ((nowMs - this.countedAtMs) / 1_000) * this.rate.perSecond
    this.left = Math.min(this.rate.burst, this.left + grown)
    this.countedAtMs = nowMs
  }
}
