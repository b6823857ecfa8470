// The lines of a node's log: the newest of them are kept.
import { type NodeId, PROXY } from '../ids'
import { TERMINAL_LINES } from '../limits'
import type { DraftMap } from './draft-map'
import type { Failure, LogLine } from './state'

type Logs = DraftMap<NodeId, readonly LogLine[]>

export function noteLine(logs: Logs, { node, at, level, text }: LogLine & { node: NodeId }): void {
  logs.set(node, [...(logs.get(node) ?? []), { at, level, text }].slice(-TERMINAL_LINES))
}

/** For the terminals of the server and of the proxy. */
export function addFailure(logs: Logs, server: NodeId, { at, detail }: Failure): void {
  for (const node of [PROXY, server]) {
    noteLine(logs, { node, at, level: 'error', text: detail })
  }
}
