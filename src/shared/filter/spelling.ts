// Suggests a known word for a mistyped one.

/** A longer word is no slip of the keyboard, and comparing words takes time that grows with the product of their lengths. */
const MAX_WORD_CHARS = 64

/**
 * Returns the known word that begins with `word`, or the nearest one within two edits; undefined if
 * no word is that near, or the word has more than 64 characters.
 */
export function nearest(word: string, known: readonly string[]): string | undefined {
  if (word.length > MAX_WORD_CHARS) return undefined
  const wanted = word.toLowerCase()
  const beginning = known.find((name) => name.toLowerCase().startsWith(wanted))
  if (beginning !== undefined && wanted.length >= 2) return beginning
  let best: { name: string; steps: number } | undefined
  for (const name of known) {
    const allowed = Math.min(2, name.length / 2)
    // At least as many letters are added or left out.
    if (Math.abs(name.length - wanted.length) > allowed) continue
    const steps = stepsBetween(wanted, name.toLowerCase())
    if (steps <= allowed && steps < (best?.steps ?? Number.POSITIVE_INFINITY)) {
      best = { name, steps }
    }
  }
  return best?.name
}

/** Returns the edit distance with swaps of neighbours (optimal string alignment). */
export function stepsBetween(a: string, b: string): number {
  let beforeLast: number[] = []
  let last = Array.from({ length: b.length + 1 }, (_, index) => index)
  for (let i = 1; i <= a.length; i++) {
    const row = [i]
    for (let j = 1; j <= b.length; j++) {
      const changed = (last[j - 1] ?? 0) + (a[i - 1] === b[j - 1] ? 0 : 1)
      let steps = Math.min(changed, (last[j] ?? 0) + 1, (row[j - 1] ?? 0) + 1)
      if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1]) {
        steps = Math.min(steps, (beforeLast[j - 2] ?? 0) + 1)
      }
      row.push(steps)
    }
    beforeLast = last
    last = row
  }
  return last[b.length] ?? 0
}
