// How much is written of what comes: equal entries in a row once and counted, and of a flood only as many bytes as a budget
// allows. Whoever can make the app refuse something a thousand times a second must neither fill the disk nor slow the
// engine, nor soon rotate away what was written before: however many entries come, and however long they are, a line stays
// in the kept files for at least four hours of one run. Where the contents of messages are written too, for half an hour.
import { TokenBucket } from '../token-bucket'
import { type Level, lineBytes } from './line'

/** In bytes: what may be written at once, and how much more each second. */
interface Budget {
  burst: number
  perSecond: number
}

/** Each level has its own, so that a flood of refusals leaves room for what matters. */
export const BUDGETS: Readonly<Record<Level, Budget>> = {
  info: { burst: 20_000, perSecond: 100 },
  warn: { burst: 20_000, perSecond: 100 },
  error: { burst: 50_000, perSecond: 100 },
  content: { burst: 500_000, perSecond: 2_000 },
}

/** How long what was not written waits until it is told of, or longer where there is no room for that. */
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

  /** Tells now of all that was not written, whether there is room or not. */
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

  /** What comes next is another entry: what was counted of the last one is written, or is left out too. */
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

  /** All of them or none. */
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
