// How much is written of what comes: equal entries in a row once and counted, and of a flood only as much as a budget
// allows. Whoever can make the app refuse something a thousand times a second must neither fill the disk nor slow the
// engine, nor rotate away what was written before.
import type { Level } from './line'

/** What may be written at once, and how much more each second. */
interface Budget {
  burst: number
  perSecond: number
}

/** Each level has its own, so that a flood of refusals leaves room for what matters. */
export const BUDGETS: Readonly<Record<Level, Budget>> = {
  info: { burst: 100, perSecond: 5 },
  warn: { burst: 100, perSecond: 2 },
  error: { burst: 100, perSecond: 2 },
  content: { burst: 1_000, perSecond: 100 },
}

/** How long what was not written waits at most until it is told of. */
export const SUMMARY_MS = 2_000

interface Bucket {
  left: number
  filledAt: number
  leftOut: number
}

export class Flood {
  private readonly buckets = new Map<Level, Bucket>()
  private last: { level: Level; text: string } | undefined
  private more = 0
  private timer: NodeJS.Timeout | undefined

  constructor(private readonly write: (level: Level, text: string) => void) {}

  add(level: Level, text: string): void {
    if (this.last?.level === level && this.last.text === text) {
      this.more++
      this.tellLater()
      return
    }
    this.tellMore()
    this.last = { level, text }
    const bucket = this.filled(level)
    if (bucket.left < 1) {
      bucket.leftOut++
      // Nothing was written that could be counted on.
      this.last = undefined
      this.tellLater()
      return
    }
    bucket.left--
    this.tellLeftOut(level, bucket)
    this.write(level, text)
  }

  /** Tells now of all that was not written. */
  flush(): void {
    clearTimeout(this.timer)
    this.timer = undefined
    this.tellMore()
    for (const [level, bucket] of this.buckets) this.tellLeftOut(level, bucket)
  }

  private filled(level: Level): Bucket {
    const { burst, perSecond } = BUDGETS[level]
    const now = performance.now()
    const bucket = this.buckets.get(level) ?? { left: burst, filledAt: now, leftOut: 0 }
    bucket.left = Math.min(burst, bucket.left + ((now - bucket.filledAt) / 1000) * perSecond)
    bucket.filledAt = now
    this.buckets.set(level, bucket)
    return bucket
  }

  private tellMore(): void {
    if (this.last === undefined || this.more === 0) return
    this.write(this.last.level, `… and ${this.more} more like it.`)
    this.more = 0
  }

  private tellLeftOut(level: Level, bucket: Bucket): void {
    if (bucket.leftOut === 0) return
    const entries = bucket.leftOut === 1 ? 'entry' : 'entries'
    this.write(level, `… and ${bucket.leftOut} more ${entries}, too many to be written.`)
    bucket.leftOut = 0
  }

  private tellLater(): void {
    this.timer ??= setTimeout(() => this.flush(), SUMMARY_MS).unref()
  }
}
