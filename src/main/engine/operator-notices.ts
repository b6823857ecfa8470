// Sentences for the operators at the screens: what went wrong with files, and what was done about it.

type Show = (sentence: string) => void

export class OperatorNotices {
  /** Sentences that no screen has got yet. */
  private waiting: string[] = []
  private readonly screens = new Set<Show>()

  add(sentence: string): void {
    if (this.screens.size === 0) this.waiting.push(sentence)
    for (const show of this.screens) show(sentence)
  }

  /** Shows those that wait, and later ones, on this screen. Returns the way to stop. */
  showOn(show: Show): () => void {
    this.screens.add(show)
    for (const sentence of this.waiting.splice(0)) show(sentence)
    return () => this.screens.delete(show)
  }
}
