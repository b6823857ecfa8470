// Waits for something to become true. Whatever can make it true calls `changed`; a time limit ends the wait.

export class Changes {
  private readonly lookers = new Set<() => void>()
  private readonly finishers = new Set<() => void>()
  /** Nothing is waited for any more. */
  isEnded = false

  changed(): void {
    for (const look of [...this.lookers]) look()
  }

  /** Resolves with the first value that `find` returns; with undefined when the limit passes. */
  until<T>(find: () => T | undefined, limitMs: number): Promise<T | undefined> {
    const found = find()
    if (found !== undefined || this.isEnded) return Promise.resolve(found)
    return new Promise((resolve) => {
      const finish = (value: T | undefined) => {
        clearTimeout(limit)
        this.lookers.delete(look)
        this.finishers.delete(giveUp)
        resolve(value)
      }
      const look = () => {
        const value = find()
        if (value !== undefined) finish(value)
      }
      const giveUp = () => finish(undefined)
      const limit = setTimeout(giveUp, limitMs)
      this.lookers.add(look)
      this.finishers.add(giveUp)
    })
  }

  /** Ends all waits, and later ones at once, as if their limits had passed. */
  end(): void {
    this.isEnded = true
    for (const finish of [...this.finishers]) finish()
  }

  /** Lets that much time pass. */
  async pass(ms: number): Promise<void> {
    await this.until(() => undefined, ms)
  }
}
