// What is known of a registered server and whether it gets messages, in words: the one source for its card, its exit of the
// roundabout, the switching table and the inspector. An inside server is part of the app. An outside one may end without
// a word: that it was up is known only for when it was last seen.
import { counted, formatClock, formatDuration, formatTime } from '../format'
import type { SimMs } from '../ids'
import { ERRORS } from '../protocol/errors'
import type { NodeState, RowState, State } from './state'

export type Standing =
  | { readonly kind: 'up' }
  /** An outside program, last seen then. */
  | { readonly kind: 'seen'; readonly at: SimMs }
  /** It gets no messages: `since` then, for this cause. */
  | { readonly kind: 'down'; readonly since: SimMs | undefined; readonly cause: string }
  /** Too many failures in nginx's window. */
  | { readonly kind: 'failing'; readonly until: SimMs | undefined }
  /** Envoy's outlier detection. */
  | { readonly kind: 'ejected'; readonly until: SimMs | undefined }
  /** Its circuit breaker is open. */
  | { readonly kind: 'open'; readonly until: SimMs | undefined }
  /** Its circuit breaker is half open: a few messages try it. */
  | { readonly kind: 'halfOpen' }
  /** The next message tries whether it works again. */
  | { readonly kind: 'trial' }
  /** It finishes the messages that it has, of which `left` are left. */
  | { readonly kind: 'draining'; readonly left: number }
  /** It has as many messages as it may have at once. */
  | { readonly kind: 'full'; readonly has: number; readonly limit: number }
  /** Checks in a row against its state. */
  | {
      readonly kind: 'checking'
      readonly towards: 'up' | 'down'
      readonly streak: number
      readonly of: number
    }
  /** So much of its weight counts. */
  | { readonly kind: 'slow'; readonly percent: number }
  | { readonly kind: 'backup'; readonly inUse: boolean }
  /** In a recording of a newer version. */
  | { readonly kind: 'unknown' }

type Source = Pick<State, 'nodes' | 'decisions'>

/** Never empty; what keeps messages away comes first. */
export function standingsIn(state: Source, row: RowState): readonly Standing[] {
  return standingsOf(row, state.nodes.get(row.node), isInUse(state, row))
}

/** Whether the latest message of the policy went to a backup, and could have gone to this one. */
export function isInUse({ decisions, nodes }: Source, { policy, server, node }: RowState): boolean {
  const decision = decisions.get(policy)
  if (decision?.server == null || nodes.get(node)?.backup !== true) return false
  if (decision.server === server) return true
  const others = decision.candidates.filter((one) => one !== server)
  const passed = new Set(decision.passedOver.map((one) => one.server))
  return (
    !passed.has(server) &&
    decision.candidates.includes(server) &&
    others.some((one) => passed.has(one))
  )
}

/** `isUsed`: messages go to the backups now, and to this one among them. */
export function standingsOf(
  row: RowState,
  node: NodeState | undefined,
  isUsed = false,
): readonly Standing[] {
  const standings: Standing[] = []
  const { inFlight: has = 0 } = row
  const away = awayOf(row)
  if (away) standings.push(away)
  if (node?.drain) standings.push({ kind: 'draining', left: has })
  const limit = row.limit ?? node?.maxConnections ?? 0
  if (limit > 0 && has >= limit) standings.push({ kind: 'full', has, limit })
  const { streak = 0, streakOf = 0, weightPercent } = row
  if (streak > 0 && streakOf > 0) {
    const towards = row.health === 'down' ? 'up' : 'down'
    standings.push({ kind: 'checking', towards, streak, of: streakOf })
  }
  if (weightPercent !== undefined) standings.push({ kind: 'slow', percent: weightPercent })
  if (node?.backup) standings.push({ kind: 'backup', inUse: isUsed })
  if (standings.length > 0) return standings
  const seenAt = node?.origin === 'outside' ? node.lastSeenAt : undefined
  if (seenAt === undefined || isConnected(node)) return [{ kind: 'up' }]
  return [{ kind: 'seen', at: seenAt }]
}

/** Why it gets no messages by its health; undefined: it gets some. */
function awayOf({ health, cause, until, trial, since }: RowState): Standing | undefined {
  switch (cause) {
    case 'ejected':
      return { kind: 'ejected', until }
    case 'breaker':
      return trial ? { kind: 'halfOpen' } : { kind: 'open', until }
    case 'failures':
      return trial ? { kind: 'trial' } : { kind: 'failing', until }
    case 'unknown':
      return { kind: 'unknown' }
    case 'checks':
    case 'errors':
    case undefined:
      if (health === 'unknown') return { kind: 'unknown' }
      if (trial) return { kind: 'trial' }
      if (health === 'up') return undefined
      return { kind: 'down', since, cause: cause === undefined ? '' : CAUSES[cause] }
  }
}

const CAUSES = {
  checks: 'its checks failed',
  errors: 'too many messages in a row could not be handed over',
}

/** The proxy keeps a connection to it open, which would end with the program. */
function isConnected(node: NodeState | undefined): boolean {
  return node?.keepConnection === true && node.connections > 0
}

/** Whether it gets no new messages now. */
export function isAway({ kind }: Standing): boolean {
  switch (kind) {
    case 'down':
    case 'failing':
    case 'ejected':
    case 'open':
    case 'draining':
      return true
    case 'up':
    case 'seen':
    case 'halfOpen':
    case 'trial':
    case 'full':
    case 'checking':
    case 'slow':
    case 'backup':
    case 'unknown':
      return false
  }
}

/** When it may get messages again; undefined where no time decides. */
export function untilOf(standing: Standing): SimMs | undefined {
  return 'until' in standing ? standing.until : undefined
}

/** For a card: `down`, `ejected`, `full 2 of 2`. A countdown may follow (`leftWords`). */
export function shortStanding(standing: Standing): string {
  switch (standing.kind) {
    case 'up':
    case 'down':
    case 'failing':
    case 'ejected':
      return standing.kind
    case 'seen':
      return `seen ${formatTime(standing.at)}`
    case 'open':
      return 'circuit open'
    case 'halfOpen':
      return 'half open'
    case 'trial':
      return 'on trial'
    case 'draining':
      return standing.left === 0 ? 'drained' : `${standing.left} left`
    case 'full':
      return `full ${standing.has} of ${standing.limit}`
    case 'checking':
      return `${standing.towards.toUpperCase()} ${standing.streak}/${standing.of}`
    case 'slow':
      return `slow ${standing.percent} %`
    case 'backup':
      return standing.inUse ? 'backup in use' : 'backup'
    case 'unknown':
      return 'unknown'
  }
}

/** For the table and the inspector: `down since 0:42`, `ejected until 1:12`, `draining: 3 left`. */
export function standingWords(standing: Standing): string {
  switch (standing.kind) {
    case 'down':
      return standing.since === undefined ? 'down' : `down since ${formatClock(standing.since)}`
    case 'failing':
    case 'ejected':
    case 'open': {
      const word = shortStanding(standing)
      return standing.until === undefined ? word : `${word} until ${formatClock(standing.until)}`
    }
    case 'halfOpen':
      return 'circuit half open'
    case 'draining':
      return standing.left === 0 ? 'drained' : `draining: ${standing.left} left`
    case 'full':
      return `full: ${standing.has} of ${standing.limit}`
    case 'checking':
      return `checking: ${shortStanding(standing)}`
    case 'slow':
      return `slow start: ${standing.percent} %`
    case 'backup':
      return standing.inUse ? 'backup in use' : 'backup standing by'
    case 'unknown':
      return 'not known to this version'
    case 'up':
    case 'seen':
    case 'trial':
      return shortStanding(standing)
  }
}

/** The time until it may get messages again, in whole seconds: `12 s`; empty once it has passed. */
export function leftWords(until: SimMs | undefined, now: SimMs): string {
  const left = until === undefined ? 0 : Math.ceil((until - now) / 1000)
  return left > 0 ? formatDuration(left * 1000) : ''
}

/** Why, as sentences; empty where there is nothing to add. */
export function detailsOf(
  standings: readonly Standing[],
  row: RowState,
  node: NodeState | undefined,
): string {
  const sentences = standings.map((standing) => sentenceOf(standing, row))
  const seenAt = node?.origin === 'outside' ? node.lastSeenAt : undefined
  if (seenAt !== undefined && standings.some(isAway)) {
    sentences.push(`Last seen at ${formatTime(seenAt)}.`)
  }
  return sentences.filter(Boolean).join(' ')
}

function sentenceOf(standing: Standing, row: RowState): string {
  switch (standing.kind) {
    case 'up':
      return ''
    case 'unknown':
      return 'Its state is one that only a newer Roundabout knows.'
    case 'seen':
      return `It was up when last seen, at ${formatTime(standing.at)}. The next message for it shows whether it still is.`
    case 'down': {
      const found =
        row.cause === 'checks' && row.lastCheck?.passed === false ? row.lastCheck : undefined
      if (found) return `It is down: ${standing.cause}. The latest: ${found.detail}.`
      const failure = failureWords(row)
      return failure === '' && standing.cause !== '' ? `It is down: ${standing.cause}.` : failure
    }
    case 'failing':
      return `Too many messages failed at it: it is passed over${ends(standing.until)}, then the next message tries it.`
    case 'ejected':
      return `It had too many errors in a row: it is ejected${ends(standing.until)}, and returns by time alone.`
    case 'open':
      return `Too many of its latest messages failed: its circuit breaker is open${ends(standing.until)}, and lets no message through.`
    case 'halfOpen':
      return 'Its circuit breaker is half open: a few messages try it, and their failures decide.'
    case 'trial':
      return 'The next message tries whether it works again.'
    case 'draining':
      return standing.left === 0
        ? 'It is drained: it has no messages any more and gets no new ones.'
        : `It drains: it finishes ${counted(standing.left, 'message')} and gets no new ones.`
    case 'full':
      return `It is at its limit: it has ${standing.has} of ${counted(standing.limit, 'message')}.`
    case 'checking':
      return standing.towards === 'up'
        ? `${counted(standing.streak, 'check')} in a row passed; at ${standing.of} it is up.`
        : `${counted(standing.streak, 'check')} in a row failed; at ${standing.of} it is down.`
    case 'slow':
      return `It has come back: ${standing.percent} % of its weight counts, and more with time.`
    case 'backup':
      return standing.inUse
        ? 'It is a backup, and in use: no other server can be chosen.'
        : 'It is a backup: it gets messages only where no other server can be chosen.'
  }
}

function ends(until: SimMs | undefined): string {
  return until === undefined ? '' : ` until ${formatClock(until)}`
}

/** Empty in recordings that do not say it. */
function failureWords({ lastFailure }: RowState): string {
  if (lastFailure === undefined) return ''
  return lastFailure.detail === '' ? ERRORS[lastFailure.reason] : lastFailure.detail
}
