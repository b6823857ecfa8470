// How far an answer and the truth lie apart: right or not, and the difference in one sentence.
import type { Reason } from '../decision/reason'
import { listed } from '../format'
import type { ProtocolId } from '../ids'
import type { Answer, Truth } from './answer'
import { basisWords } from './basis'
import type { Measured } from './figure'
import type { Ask } from './lesson'
import { numberWords, percentWords } from './number-words'

interface Judgement {
  readonly isRight: boolean
  readonly difference: string
  /** How far off a number still counts as right, if it may be off. */
  readonly within?: number
  /** What a number was compared with, if more is to be said than the number. */
  readonly basis?: string
}

interface Known {
  /** Why the server was chosen that a question about a server asks for. */
  readonly reason?: Reason | null
  /** What a figure is made of. */
  readonly measured?: Measured | undefined
}

type AskOf<K extends Ask['ask']> = Extract<Ask, { ask: K }>
type TruthOf<K extends Truth['kind']> = Extract<Truth, { kind: K }>

const SHARE_TOLERANCE = 5
/** For what floating point leaves of a difference of two decimals. */
const LEAST = 1e-9

export function judge(
  ask: Ask,
  answer: Answer,
  truth: Truth,
  { reason = null, measured }: Known = {},
): Judgement {
  switch (truth.kind) {
    case 'server':
      return judgeServer(ask, answer, truth, reason)
    case 'order':
      return judgeOrder(answer, truth)
    case 'share':
      return judgeShare(ask, answer, truth)
    case 'number':
      return judgeNumber(ask, answer, truth, measured)
    case 'choice':
      return judgeChoice(ask, answer, truth)
  }
}

function judgeServer(
  ask: Ask,
  answer: Answer,
  { server }: TruthOf<'server'>,
  reason: Reason | null,
): Judgement {
  const was = `it was ${whoWords(server)}${server === null ? '' : whyWords(server, reason)}`
  if (answer.kind === 'server') {
    if (answer.server === server) {
      return { isRight: true, difference: `As you expected, ${was}.` }
    }
    return { isRight: false, difference: `You expected ${whoWords(answer.server)}; ${was}.` }
  }
  const others = ask.ask === 'server' ? (ask.others ?? []) : []
  const said = answer.kind === 'other' ? others[answer.index] : undefined
  return { isRight: false, difference: `${youSaid(said)}; ${was}.` }
}

function judgeOrder(answer: Answer, { servers }: TruthOf<'order'>): Judgement {
  const was = listed(servers)
  if (answer.kind !== 'order' || answer.servers.length === 0) {
    return { isRight: false, difference: `The order was ${was}.` }
  }
  const place = servers.findIndex((server, index) => answer.servers[index] !== server)
  if (place === -1) return { isRight: true, difference: `As you expected, the order was ${was}.` }
  const expected = answer.servers[place]
  const here = expected === undefined ? 'nobody' : whoWords(expected)
  return {
    isRight: false,
    difference: `You expected ${listed(answer.servers)}; it was ${was}. At place ${place + 1} you had ${here}, and it was ${whoWords(servers[place] ?? null)}.`,
  }
}

function judgeShare(ask: Ask, answer: Answer, { shares }: TruthOf<'share'>): Judgement {
  const was = listed(shares.map(({ server, percent }) => `${percentWords(percent)} for ${server}`))
  if (answer.kind !== 'share') return { isRight: false, difference: `It was ${was}.` }
  const tolerance = (ask.ask === 'share' ? ask.tolerance : undefined) ?? SHARE_TOLERANCE
  const expected = new Map(answer.shares.map(({ server, percent }) => [server, percent]))
  const apart = shares.map(({ server, percent }) => ({
    server,
    percent,
    expected: expected.get(server) ?? 0,
  }))
  const [widest] = [...apart].sort((a, b) => gap(b) - gap(a))
  if (widest === undefined || gap(widest) <= tolerance + LEAST) {
    return { isRight: true, difference: `As you expected, it was ${was}.` }
  }
  const rest = shares.length > 1 ? ` In all, it was ${was}.` : ''
  return {
    isRight: false,
    difference: `You expected ${percentWords(widest.expected)} for ${whoWords(widest.server)}; it got ${percentWords(widest.percent)}.${rest}`,
  }
}

function gap({ percent, expected }: { percent: number; expected: number }): number {
  return Math.abs(percent - expected)
}

/** What an author allows is for the person's reckoning. A figure of few messages may itself be off, which comes on top. */
function judgeNumber(
  ask: Ask,
  answer: Answer,
  { value }: TruthOf<'number'>,
  measured: Measured | undefined,
): Judgement {
  const question: Partial<AskOf<'number'>> = ask.ask === 'number' ? ask : {}
  const { unit = '', tolerance = 0, tolerancePercent = 0 } = question
  const words = (number: number) => `${numberWords(number)}${unit === '' ? '' : ` ${unit}`}`
  const reckoning = Math.max(tolerance, (Math.abs(value) * tolerancePercent) / 100)
  const allowed = reckoning + (measured?.samplingError ?? 0)
  const basis = ask.ask === 'number' ? basisWords(ask.truth, allowed, measured) : ''
  const within = { ...(allowed > 0 && { within: allowed }), ...(basis !== '' && { basis }) }
  if (answer.kind !== 'number') {
    return { isRight: false, difference: `It was ${words(value)}.`, ...within }
  }
  const off = Math.abs(answer.value - value)
  if (off <= LEAST) {
    return { isRight: true, difference: `As you expected, it was ${words(value)}.`, ...within }
  }
  const isRight = off <= allowed + LEAST
  const close = isRight ? 'That is close enough: you' : 'You'
  return {
    isRight,
    difference: `${close} expected ${words(answer.value)}; it was ${words(value)}.`,
    ...within,
  }
}

function judgeChoice(ask: Ask, answer: Answer, { index }: TruthOf<'choice'>): Judgement {
  const choices = ask.ask === 'choice' ? ask.choices.map(({ text }) => text) : []
  const was = quoted(choices[index] ?? '')
  if (answer.kind === 'choice' && answer.index === index) {
    return { isRight: true, difference: `As you expected: ${was}.` }
  }
  const said = answer.kind === 'choice' ? choices[answer.index] : undefined
  return { isRight: false, difference: `${youSaid(said)}; it is ${was}.` }
}

function youSaid(text: string | undefined): string {
  return text === undefined ? 'You expected something else' : `You said ${quoted(text)}`
}

/** Without the full stop at its end: it stands inside a sentence. */
function quoted(text: string): string {
  return `“${text.trim().replace(/\.$/, '')}”`
}

export function whoWords(server: ProtocolId | null): string {
  return server === null ? 'nobody' : `server ${server}`
}

/** A clause after the server's name; empty where the reason needs more words than that. */
function whyWords(server: ProtocolId, reason: Reason | null): string {
  switch (reason?.by) {
    case 'round-robin':
      return reason.turn === server
        ? ', whose turn came next'
        : `, for server ${reason.turn}, whose turn it was, could not be chosen`
    case 'least-connections':
    case 'haproxy-least-connections':
      return reason.tied > 1
        ? ', one of those with the fewest messages in flight'
        : ', which had the fewest messages in flight'
    case 'random':
      return ', by chance'
    case 'hash':
    case 'ring-hash':
    case 'haproxy-ring-hash':
    case 'maglev':
      return `, where the key “${'key' in reason ? reason.key : ''}” belongs`
    case 'same-server':
      return ', the same one again'
    default:
      return ''
  }
}
