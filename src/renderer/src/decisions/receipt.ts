// "Why this server?": a decision in words, as its receipt has it.

import { counted } from '../../../shared/format'
import type { ProtocolId } from '../../../shared/ids'
import type { Decision } from '../../../shared/state/state'

/** Words, and in `strong` the names among them. */
export type Words = readonly (string | { strong: string })[]

export interface Receipt {
  title: string
  lines: readonly Words[]
}

/** A policy's server as the decision met it. */
export interface CandidateView {
  server: ProtocolId
  part: 'picked' | 'skipped' | 'passive'
  /** It was its turn. */
  turn: boolean
}

/** More names than this are counted instead of listed. */
const MOST_NAMES = 6

export function receiptOf(decision: Decision): Receipt {
  const { policy, server, candidates, turn, skipped, next } = decision
  const strong = (text: string) => ({ strong: text })
  if (server === null) {
    return {
      title: 'Why no server?',
      lines: [['nobody served policy ', strong(policy), ' when the message came']],
    }
  }
  const lines: Words[] = []
  lines.push(['policy ', strong(policy), ' is served by ', ...namesOf(candidates)])
  const whose = candidates[turn] ?? server
  const place = candidates.length > 1 ? `, number ${turn + 1} of ${candidates.length}` : ''
  lines.push(['round-robin: it was the turn of ', strong(whose), place])
  const told = skipped.length > MOST_NAMES ? skipped.slice(0, MOST_NAMES - 1) : skipped
  for (const { server: passed, reason } of told) {
    lines.push(['server ', strong(passed), ` was passed over: it is ${reason}`])
  }
  if (skipped.length > told.length) {
    lines.push([`${skipped.length - told.length} more were passed over: they are down`])
  }
  if (skipped.length > 0) lines.push(['the next one that is up is ', strong(server)])
  if (next === server && candidates.length === 1) lines.push(['it has every turn'])
  else if (next !== null) lines.push(['after it the turn went to ', strong(next)])
  return { title: `Why server ${server}?`, lines }
}

function namesOf(names: readonly ProtocolId[]): Words {
  if (names.length > MOST_NAMES) return [{ strong: counted(names.length, 'server') }]
  return names.flatMap((name, index) => {
    if (index === 0) return [{ strong: name }]
    return [index === names.length - 1 ? ' and ' : ', ', { strong: name }]
  })
}

/** As a sentence's end: `it was its turn`, `100 was passed over`. */
export function reasonOf({ server, candidates, turn, skipped }: Decision): string {
  if (server === null) return 'nobody serves the policy'
  if (candidates.length === 1) return 'the only one for the policy'
  if (skipped.length === 0) return 'it was its turn'
  const whose = candidates[turn]
  if (skipped.length === 1 && whose !== undefined) return `${whose}, whose turn it was, is down`
  return `${counted(skipped.length, 'server')} before it are down`
}

/** The candidates in order, each with its part in the decision. */
export function candidatesOf({ server, candidates, turn, skipped }: Decision): CandidateView[] {
  const passed = new Set(skipped.map((one) => one.server))
  return candidates.map((candidate, index) => ({
    server: candidate,
    part: candidate === server ? 'picked' : passed.has(candidate) ? 'skipped' : 'passive',
    turn: index === turn,
  }))
}

/**
 * The places of those that matter, at most `most`: from the one whose turn it was to the one picked, and what stands
 * around them.
 */
export function windowOf(decision: Decision, most: number): { from: number; to: number } {
  const { length } = decision.candidates
  if (length <= most) return { from: 0, to: length }
  const picked = decision.candidates.indexOf(decision.server ?? '')
  const from = Math.max(0, Math.min(picked - most + 2, length - most))
  const start = decision.turn >= from && decision.turn <= picked ? decision.turn - 1 : from
  const first = Math.max(0, Math.min(start, length - most))
  return { from: first, to: first + most }
}
