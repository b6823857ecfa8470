// How an entry is written: one line, whatever text it was given. Who sends us text must not be able to make it look
// like two entries, nor to steer the terminal that shows it.

export type Level = 'info' | 'warn' | 'error' | 'content'

/** An entry longer than this is cut, and says so. */
export const MAX_ENTRY_CHARS = 2_000

const LEVEL_WIDTH = 7
const HEAD_BYTES = '2026-01-01T00:00:00.000Z '.length + LEVEL_WIDTH + ' \r\n'.length

export function lineOf(at: Date, level: Level, text: string): string {
  return `${at.toISOString()} ${level.padEnd(LEVEL_WIDTH)} ${text}`
}

/** What a line with this text takes in the file, when it was and how bad it is and the line's end with it. */
export function lineBytes(text: string): number {
  return HEAD_BYTES + Buffer.byteLength(text)
}

/** The text in one line of characters that are seen, and bounded. */
export function oneLine(text: string): string {
  const line = text.slice(0, MAX_ENTRY_CHARS).replace(UNPRINTABLE, escaped)
  if (text.length <= MAX_ENTRY_CHARS && line.length <= MAX_ENTRY_CHARS) return line
  return `${line.slice(0, MAX_ENTRY_CHARS)}… (cut: it has ${text.length} characters)`
}

/** Control and format characters (those that turn the direction of writing among them), line breaks, halves of pairs. */
const UNPRINTABLE = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}]/gu

const SHORT: Readonly<Record<string, string>> = { '\n': '\\n', '\r': '\\r', '\t': '\\t' }

function escaped(character: string): string {
  return SHORT[character] ?? `\\u{${(character.codePointAt(0) ?? 0).toString(16)}}`
}
