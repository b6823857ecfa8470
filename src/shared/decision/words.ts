// "Why this server?": a decision in words, for the roundabout, the inspector, an exchange's story and its picture.
import { counted, formatDuration, shortenedId } from '../format'
import type { ProtocolId } from '../ids'
import type { Decision } from '../state/state'
import { visibly } from '../visible-controls'
import { panicWords, triedWords, waitWords } from './attempts'
import { MOST_NAMES, namesOf, strong, type Words } from './parts'
import { BRIEF_WHY, whyWords } from './passed'
import type { PassedOver } from './reason'
import { ruleOf, shortReasonOf, shortRuleOf, whoseWay } from './rules'

interface Receipt {
  title: string
  lines: readonly Words[]
}

/** A policy's server as the decision met it. */
export interface CandidateView {
  server: ProtocolId
  /** `failed`: it was picked, and the attempt failed. `tried`: an earlier attempt failed at it. */
  part: 'picked' | 'failed' | 'tried' | 'skipped' | 'passive'
  /** It was its turn. */
  turn: boolean
}

/** In a caption: servers that are named as passed over, and the characters of a name. */
const MOST_IN_CAPTION = 2
const LONGEST_IN_CAPTION = 12

/** The server whose turn it was; undefined where the algorithm has no turn. */
export function turnOf({ reason }: Pick<Decision, 'reason'>): ProtocolId | undefined {
  return reason?.by === 'round-robin' ? reason.turn : undefined
}

/**
 * The servers that would have been chosen, or could have been, had they been available: in round-robin those whose turn
 * came before that of the chosen one.
 */
export function passedOverIn(
  decision: Pick<Decision, 'server' | 'candidates' | 'passedOver' | 'reason'>,
): readonly PassedOver[] {
  const { passedOver, candidates, server } = decision
  const turn = turnOf(decision)
  if (turn === undefined || passedOver.length === 0) return passedOver
  const reasons = new Map(passedOver.map((one) => [one.server, one]))
  const first = candidates.indexOf(turn)
  const around = [...candidates.slice(first), ...candidates.slice(0, first)]
  return around.slice(0, around.indexOf(server ?? turn)).flatMap((id) => reasons.get(id) ?? [])
}

/** All of it, as lines under a title. */
export function receiptOf(decision: Decision): Receipt {
  const { policy, server, candidates, next, attempt } = decision
  if (server === null) return { title: 'Why no server?', lines: nobodyLines(decision) }
  const lines: Words[] = []
  lines.push(['policy ', strong(policy), ' is served by ', ...namesOf(candidates)])
  if (attempt > 1) lines.push([`attempt ${attempt}: ${triedWords(decision)}`])
  for (const words of [waitWords(decision), panicWords(decision)]) if (words) lines.push([words])
  lines.push(ruleOf(decision))
  const whose = whoseWay(decision.algorithm)
  const by = decision.reason?.by
  if (whose !== undefined && by !== 'same-server' && by !== 'free-slot')
    lines.push([`this is the way of ${whose}`])
  const passed = passedOverIn(decision)
  lines.push(...passedLines(passed))
  const told = passed.filter(({ why }) => why !== 'tried')
  const isKnown = told.length > 0 && told.every(({ why }) => why !== 'unknown')
  if (isKnown && turnOf(decision) !== undefined) {
    const isUp = told.every(({ why }) => why === 'down')
    lines.push([`the next one that ${isUp ? 'is up' : 'can take it'} is `, strong(server)])
  }
  if (next === server && candidates.length === 1) lines.push(['it has every turn'])
  else if (next !== null) lines.push(['then it was the turn of ', strong(next)])
  const title = attempt > 1 ? visibly`Why then server ${server}?` : visibly`Why server ${server}?`
  return { title, lines }
}

function nobodyLines(decision: Decision): Words[] {
  const { policy, candidates, passedOver, attempt } = decision
  if (candidates.length === 0) {
    return [['nobody served policy ', strong(policy), ' when the message came']]
  }
  return [
    ['policy ', strong(policy), ' is served by ', ...namesOf(candidates)],
    ...(attempt > 1 ? [[`attempt ${attempt}: ${triedWords(decision)}`]] : []),
    ['none of them could be chosen'],
    ...passedLines(passedOver),
  ]
}

/** A line for each of a few; of more with the same cause, those beyond a few are counted. */
function passedLines(passed: readonly PassedOver[]): Words[] {
  const lines: Words[] = []
  const causes = new Set(passed.map(({ why }) => why))
  for (const cause of causes) {
    // What was tried stands with the attempt.
    if (cause === 'tried') continue
    const same = passed.filter(({ why }) => why === cause)
    if (cause === 'unknown') {
      const verb = same.length === 1 ? 'was' : 'were'
      const names = namesOf(same.map(({ server }) => server))
      lines.push([...names, ` ${verb} passed over, ${BRIEF_WHY.unknown}`])
      continue
    }
    const told = same.length > MOST_NAMES ? same.slice(0, MOST_NAMES - 1) : same
    for (const one of told) {
      lines.push(['server ', strong(one.server), ` was passed over: ${whyWords(one)}`])
    }
    const left = same.length - told.length
    if (left > 0) lines.push([`${left} more were passed over: they are ${BRIEF_WHY[cause]}`])
  }
  return lines
}

/** `turn of 100, down → 300; next 100`, in parts, names in `strong`. The policy is not among them. */
export function captionOf(decision: Decision): Words {
  const { server, candidates, next, attempt, reason } = decision
  if (server === null) {
    if (candidates.length === 0) return ['nobody serves it']
    const [first] = decision.passedOver
    const isOne = first && decision.passedOver.every(({ why }) => why === first.why)
    return [isOne ? `nobody can be chosen: all ${BRIEF_WHY[first.why]}` : 'nobody can be chosen']
  }
  const parts: (string | { strong: string })[] = []
  const name = (id: ProtocolId) => strong(shortenedId(id, LONGEST_IN_CAPTION))
  if (attempt > 1) parts.push(`attempt ${attempt}: `)
  if (decision.waitedMs !== undefined) parts.push(`waited ${formatDuration(decision.waitedMs)}: `)
  if (decision.panic === true) parts.push('health ignored: ')
  switch (reason?.by) {
    case 'round-robin': {
      const { turn } = reason
      parts.push('turn of ', name(turn))
      if (turn === server) break
      const passed = passedOverIn(decision)
      const own = passed.find((one) => one.server === turn)
      if (own) parts.push(`, ${BRIEF_WHY[own.why]}`)
      const others = passed.filter((one) => one !== own)
      for (const one of others.slice(0, MOST_IN_CAPTION)) {
        parts.push(', ', name(one.server), ` ${BRIEF_WHY[one.why]}`)
      }
      const left = others.length - MOST_IN_CAPTION
      if (left > 0) parts.push(` and ${left} more`)
      parts.push(' → ', name(server))
      break
    }
    case 'random': {
      const available = candidates.length - decision.passedOver.length
      parts.push('drawn ', name(server), ` of ${available}`)
      break
    }
    default:
      parts.push(...shortRuleOf(reason, [name(server)]))
  }
  if (next !== null) parts.push('; next ', name(next))
  return parts
}

/** As a sentence's end: `it was its turn`, `100, whose turn it was, is down`. */
export function reasonOf(decision: Decision): string {
  const { server, candidates, attempt } = decision
  if (server === null) {
    return candidates.length === 0
      ? 'nobody serves the policy'
      : 'none of its servers can be chosen'
  }
  if (attempt > 1) return `attempt ${attempt}, since ${triedWords(decision)}`
  if (candidates.length === 1) return 'the only one for the policy'
  switch (decision.reason?.by) {
    case 'round-robin': {
      const passed = passedOverIn(decision)
      const [own] = passed
      if (own === undefined) return 'it was its turn'
      if (passed.some(({ why }) => why !== 'down')) {
        if (passed.length === 1 && own.why !== 'unknown') {
          return visibly`${own.server}, whose turn it was, was passed over: ${whyWords(own)}`
        }
        return `${counted(passed.length, 'server')} before it ${passed.length === 1 ? 'was' : 'were'} passed over`
      }
      if (passed.length > 1) return `${counted(passed.length, 'server')} before it are down`
      return visibly`${decision.reason.turn}, whose turn it was, is down`
    }
    default:
      return shortReasonOf(decision.reason)
  }
}

export function textOf(words: Words): string {
  return words.map((word) => (typeof word === 'string' ? word : word.strong)).join('')
}

function triedIn({ passedOver }: Decision): ProtocolId[] {
  return passedOver.flatMap(({ server, why }) => (why === 'tried' ? server : []))
}

/** The candidates in order, each with its part in the decision. */
export function candidatesOf(decision: Decision, failed = false): CandidateView[] {
  const { server, candidates } = decision
  const turn = turnOf(decision)
  const passed = new Set(passedOverIn(decision).map((one) => one.server))
  const tried = new Set(triedIn(decision))
  function partOf(candidate: ProtocolId): CandidateView['part'] {
    if (candidate === server) return failed ? 'failed' : 'picked'
    if (tried.has(candidate)) return 'tried'
    return passed.has(candidate) ? 'skipped' : 'passive'
  }
  return candidates.map((candidate) => ({
    server: candidate,
    part: partOf(candidate),
    turn: candidate === turn,
  }))
}

/**
 * The places of those that matter, at most `most`: from the one whose turn it was to the one picked, and what stands
 * around them.
 */
export function windowOf(decision: Decision, most: number): { from: number; to: number } {
  const { candidates } = decision
  const { length } = candidates
  if (length <= most) return { from: 0, to: length }
  const picked = candidates.indexOf(decision.server ?? '')
  const turn = candidates.indexOf(turnOf(decision) ?? '')
  const from = Math.max(0, Math.min(picked - most + 2, length - most))
  const start = turn >= from && turn <= picked ? turn - 1 : from
  const first = Math.max(0, Math.min(start, length - most))
  return { from: first, to: first + most }
}
