// "Why this server?": a decision in words, for the roundabout, the inspector, an exchange's story and its picture.
import { counted, shortenedId } from '../format'
import type { ProtocolId } from '../ids'
import type { Decision } from '../state/state'
import { visibly } from '../visible-controls'
import { MOST_NAMES, namesOf, strong, type Words } from './parts'
import type { PassedOver } from './reason'
import { ruleOf, shortReasonOf, shortRuleOf, whoseWay } from './rules'

interface Receipt {
  title: string
  lines: readonly Words[]
}

/** A policy's server as the decision met it. */
export interface CandidateView {
  server: ProtocolId
  /** `failed`: it was picked and could not be reached. `tried`: an earlier attempt could not reach it. */
  part: 'picked' | 'failed' | 'tried' | 'skipped' | 'passive'
  /** It was its turn. */
  turn: boolean
}

/** In a caption: servers that are named as passed over, and the characters of a name. */
const MOST_IN_CAPTION = 2
const LONGEST_IN_CAPTION = 12

const WHY_WORDS: Readonly<Record<PassedOver['why'], string>> = {
  down: 'down',
  tried: 'tried',
  ejected: 'ejected',
  failing: 'failing',
  draining: 'draining',
  full: 'full',
  backup: 'a backup',
  circuitOpen: 'behind an open circuit breaker',
  unknown: 'for a cause that this version does not know',
}

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
  if (server === null) {
    return {
      title: 'Why no server?',
      lines: [['nobody served policy ', strong(policy), ' when the message came']],
    }
  }
  const lines: Words[] = []
  lines.push(['policy ', strong(policy), ' is served by ', ...namesOf(candidates)])
  const tried = triedIn(decision)
  if (tried.length > 0) {
    lines.push([`attempt ${attempt}: `, ...namesOf(tried), ' failed before'])
  }
  lines.push(ruleOf(decision))
  const whose = whoseWay(decision.algorithm)
  if (whose !== undefined && decision.reason?.by !== 'same-server')
    lines.push([`this is the way of ${whose}`])
  const passed = passedOverIn(decision)
  const down = passed.filter(({ why }) => why === 'down')
  const told = down.length > MOST_NAMES ? down.slice(0, MOST_NAMES - 1) : down
  for (const { server: passed, why } of told) {
    lines.push(['server ', strong(passed), ` was passed over: it is ${why}`])
  }
  if (down.length > told.length) {
    lines.push([`${down.length - told.length} more were passed over: they are down`])
  }
  const others = passed.flatMap((one) => (one.why === 'unknown' ? one.server : []))
  if (others.length > 0) {
    const verb = others.length === 1 ? 'was' : 'were'
    lines.push([...namesOf(others), ` ${verb} passed over, ${WHY_WORDS.unknown}`])
  }
  if (down.length > 0 && others.length === 0 && turnOf(decision) !== undefined) {
    lines.push(['the next one that is up is ', strong(server)])
  }
  if (next === server && candidates.length === 1) lines.push(['it has every turn'])
  else if (next !== null) lines.push(['then it was the turn of ', strong(next)])
  const title = attempt > 1 ? visibly`Why then server ${server}?` : visibly`Why server ${server}?`
  return { title, lines }
}

/** `turn of 100, down → 300; next 100`, in parts, names in `strong`. The policy is not among them. */
export function captionOf(decision: Decision): Words {
  const { server, candidates, next, attempt, reason } = decision
  if (server === null) {
    return [candidates.length === 0 ? 'nobody serves it' : 'nobody who serves it is there']
  }
  const parts: (string | { strong: string })[] = []
  const name = (id: ProtocolId) => strong(shortenedId(id, LONGEST_IN_CAPTION))
  if (attempt > 1) parts.push(`attempt ${attempt}: `)
  switch (reason?.by) {
    case 'round-robin': {
      const { turn } = reason
      parts.push('turn of ', name(turn))
      if (turn === server) break
      const passed = passedOverIn(decision)
      const own = passed.find((one) => one.server === turn)
      if (own) parts.push(`, ${WHY_WORDS[own.why]}`)
      const others = passed.filter((one) => one !== own)
      for (const one of others.slice(0, MOST_IN_CAPTION)) {
        parts.push(', ', name(one.server), ` ${WHY_WORDS[one.why]}`)
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
  if (server === null) return 'nobody serves the policy'
  const tried = triedIn(decision)
  if (tried.length > 0) return `attempt ${attempt}, since ${textOf(namesOf(tried))} failed`
  if (candidates.length === 1) return 'the only one for the policy'
  switch (decision.reason?.by) {
    case 'round-robin': {
      const passed = passedOverIn(decision)
      if (passed.length === 0) return 'it was its turn'
      if (passed.some(({ why }) => why === 'unknown')) {
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
