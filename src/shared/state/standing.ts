// What is known of a registered server, in words: for its card, the switching table and the inspector. An inside server is
// part of the app. An outside one may end without a word: that it was up is known only for when it was last seen.
import { formatTime } from '../format'
import { ERRORS } from '../protocol/errors'
import type { NodeState, RowState } from './state'

export interface Standing {
  readonly kind: 'up' | 'seen' | 'down' | 'unknown'
  /** `up`, `seen 5.203`, `down`. */
  readonly words: string
  /** Why, as sentences; empty where there is nothing to add. */
  readonly details: string
}

export function standingOf(row: RowState, node: NodeState | undefined): Standing {
  const seenAt = node?.origin === 'outside' ? node.lastSeenAt : undefined
  const seen = seenAt === undefined ? '' : `Last seen at ${formatTime(seenAt)}.`
  switch (row.health) {
    case 'unknown':
      return { kind: 'unknown', words: 'not known to this version', details: seen }
    case 'down':
      return { kind: 'down', words: 'down', details: `${failureWords(row)} ${seen}`.trim() }
    case 'up':
      if (seenAt === undefined || isConnected(node)) return { kind: 'up', words: 'up', details: '' }
      return {
        kind: 'seen',
        words: `seen ${formatTime(seenAt)}`,
        details: `It was up when last seen, at ${formatTime(seenAt)}. The next message for it shows whether it still is.`,
      }
  }
}

/** The proxy keeps a connection to it open, which would end with the program. */
function isConnected(node: NodeState | undefined): boolean {
  return node?.keepConnection === true && node.connections > 0
}

/** Empty in recordings that do not say it. */
function failureWords({ lastFailure }: RowState): string {
  if (lastFailure === undefined) return ''
  return lastFailure.detail === '' ? ERRORS[lastFailure.reason] : lastFailure.detail
}
