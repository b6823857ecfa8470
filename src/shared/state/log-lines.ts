// The lines of a node's log: the newest of them are kept.
import { TERMINAL_LINES } from '../limits'
import type { LogLine } from './state'

export function withLine(
  lines: readonly LogLine[] | undefined,
  { at, level, text }: LogLine,
): readonly LogLine[] {
  return [...(lines ?? []), { at, level, text }].slice(-TERMINAL_LINES)
}
