// Limits what is written to the log: repeats of an entry are counted and written once, and each
// level has a budget of bytes. A client that causes a thousand refusals a second must not fill the
// disk, slow the engine or rotate older lines away. Whatever happens, a line stays in the kept
// files for at least four hours of one run, or half an hour if message contents are logged.
import { TokenBucket } from '../token-bucket'
import { type Level, lineBytes } from './line'

/** Bytes that may be written at once, and further bytes per second. */
interface Budget {
  burst: number
  perSecond: number
}

/** One budget per level, so that a flood of refusals leaves room for errors. */
export const BUDGETS: Readonly<Record<Level, Budget>> = {
  info: { burst: 20_000, perSecond: 100 },
  warn: { burst: 20_000, perSecond: 100 },
  error: { burst: 50_000, perSecond: 100 },
  content: { burst: 500_000, perSecond: 2_000 },
}

/**
 * Delay before counts of repeated or omitted entries are written; longer while the budget is used
 * up.
 */
export const SUMMARY_MS = 10_000

interface Account {
  bucket: TokenBucket
  leftOut: number
}

export class EntryLimiter {
  private readonly accounts = new Map<Level, Account>()
  private last: { level: Level; text: string } | undefined
  private repeats = 0
  private timer: NodeJS.Timeout | undefined

  constructor(private readonly write: (level: Level, text: string) => void) {}

  add(level: Level, text: string): void {
    if (this.last?.level === level && this.last.text === text) {
      this.repeats++
      this.summarizeLater()
      return
    }
    this.closeRepeats()
    const account = this.account(level)
    const lines = account.leftOut > 0 ? [leftOutText(account.leftOut), text] : [text]
    if (this.tryWrite(level, lines)) {
      account.leftOut = 0
      this.last = { level, text }
    } else {
      account.leftOut++
      this.summarizeLater()
    }
  }

  /** Writes all outstanding counts now, regardless of the budgets. */
  flush(): void {
    clearTimeout(this.timer)
    this.timer = undefined
    if (this.last && this.repeats > 0) this.write(this.last.level, repeatsText(this.repeats))
    this.repeats = 0
    for (const [level, account] of this.accounts) {
      if (account.leftOut > 0) this.write(level, leftOutText(account.leftOut))
      account.leftOut = 0
    }
  }

  /** Ends the run of equal entries: writes its count, or adds it to the omitted entries. */
  private closeRepeats(): void {
    if (this.last && !this.writeRepeats(this.last.level)) {
      this.account(this.last.level).leftOut += this.repeats
      this.repeats = 0
      this.summarizeLater()
    }
    this.last = undefined
  }

  private summarize(): void {
    this.timer = undefined
    const areRepeatsWritten = this.last === undefined || this.writeRepeats(this.last.level)
    const areCountsWritten = [...this.accounts].map(([level, account]) =>
      this.writeLeftOut(level, account),
    )
    if (!areRepeatsWritten || areCountsWritten.includes(false)) this.summarizeLater()
  }

  private writeRepeats(level: Level): boolean {
    if (this.repeats > 0 && !this.tryWrite(level, [repeatsText(this.repeats)])) return false
    this.repeats = 0
    return true
  }

  private writeLeftOut(level: Level, account: Account): boolean {
    const { leftOut } = account
    if (leftOut > 0 && !this.tryWrite(level, [leftOutText(leftOut)])) return false
    account.leftOut = 0
    return true
  }

  /** Writes all of them or none. */
  private tryWrite(level: Level, texts: string[]): boolean {
    const bytes = texts.reduce((sum, text) => sum + lineBytes(text), 0)
    if (!this.account(level).bucket.take(bytes)) return false
    for (const text of texts) this.write(level, text)
    return true
  }

  private account(level: Level): Account {
    const account = this.accounts.get(level) ?? {
      bucket: new TokenBucket(BUDGETS[level]),
      leftOut: 0,
    }
    this.accounts.set(level, account)
    return account
  }

  private summarizeLater(): void {
    this.timer ??= setTimeout(() => this.summarize(), SUMMARY_MS).unref()
  }
}

function repeatsText(count: number): string {
  return `… and ${count} more like it.`
}

function leftOutText(count: number): string {
  return `… and ${count} more ${count === 1 ? 'entry' : 'entries'}, too many to be written.`
}
