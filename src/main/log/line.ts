// The format of an entry: one line, whatever its text. Text from other programs must not look like
// two entries or control the terminal that shows it.

export type Level = 'info' | 'warn' | 'error' | 'content'

/** Longer entries are cut, and say so. */
export const MAX_ENTRY_CHARS = 2_000

const LEVEL_WIDTH = 7
const HEAD_BYTES = '2026-01-01T00:00:00.000Z '.length + LEVEL_WIDTH + ' \r\n'.length

export function lineOf(at: Date, level: Level, text: string): string {
  return `${at.toISOString()} ${level.padEnd(LEVEL_WIDTH)} ${text}`
}

/** Returns the size of a line with this text in the file, including time, level and line end. */
export function lineBytes(text: string): number {
  return HEAD_BYTES + Buffer.byteLength(text)
}

/** Returns the text as one line of printable characters, cut to the maximum length. */
export function oneLine(text: string): string {
  const line = text.slice(0, MAX_ENTRY_CHARS).replace(UNPRINTABLE, escaped)
  if (text.length <= MAX_ENTRY_CHARS && line.length <= MAX_ENTRY_CHARS) return line
  return `${line.slice(0, MAX_ENTRY_CHARS)}… (cut: it has ${text.length} characters)`
}

/**
 * Control and format characters (those for the writing direction among them), line breaks, lone
 * surrogates.
 */
const UNPRINTABLE = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}]/gu

const SHORT: Readonly<Record<string, string>> = { '\n': '\\n', '\r': '\\r', '\t': '\\t' }

function escaped(character: string): string {
  return SHORT[character] ?? `\\u{${(character.codePointAt(0) ?? 0).toString(16)}}`
}
