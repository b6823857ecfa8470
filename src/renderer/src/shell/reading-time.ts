// How long a hint stays on the screen.

/** To notice it. */
const NOTICING_MS = 3_000
/** To read it at some 150 words a minute. */
const MS_PER_CHARACTER = 70

export function readingMs(text: string): number {
  return NOTICING_MS + MS_PER_CHARACTER * text.length
}
