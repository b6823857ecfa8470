// The lines of a node's log: the newest of them are kept.
import { type NodeId, PROXY } from '../ids'
import { TERMINAL_LINES } from '../limits'
import type { DraftMap } from './draft-map'
import type { Failure, LogLine } from './state'

export function withLine(
  lines: readonly LogLine[] | undefined,
  { at, level, text }: LogLine,
): readonly LogLine[] {
  return [...(lines ?? []), { at, level, text }].slice(-TERMINAL_LINES)
}

/** For the terminals of the server and of the proxy. */
export function addFailure(
  logs: DraftMap<NodeId, readonly LogLine[]>,
  server: NodeId,
  { at, detail }: Failure,
): void {
  for (const node of [PROXY, server]) {
    logs.set(node, withLine(logs.get(node), { at, level: 'error', text: detail }))
  }
}
