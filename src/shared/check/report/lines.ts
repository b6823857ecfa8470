// The words that reports share: how a requirement ended, and an exchange line by line.
import { formatTime, shortened } from '../../format'
import { lastSentence } from '../../last-words'
import type { CheckedRequirement } from '../result'
import type { WireEvent } from '../wire-event'

/** `hangs`, `closes the connection`; empty for one that passed. */
export function endingWords({ outcome, how, reason }: CheckedRequirement): string {
  if (outcome === 'passed') return ''
  if (outcome === 'not tried') return `not tried: ${reason}`
  switch (how) {
    case 'hangs':
      return 'hangs: no answer in time'
    case 'closes':
      return 'closes the connection'
    case 'ends':
      return 'the program ends'
    default:
      return 'wrong'
  }
}

/** The last events of the exchange, a line each: the check's, with the program's own output among them. */
export function exchangeLines(exchange: readonly WireEvent[], most: number): string[] {
  const lines = withoutLongRuns(exchange, Math.ceil(most / 4)).map(
    ({ event, left }) =>
      `${formatTime(event.atMs).padStart(7)}  ${left === 0 ? happeningWords(event) : `the program prints ${left} lines`}`,
  )
  const left = Math.max(0, lines.length - most)
  return left === 0 ? lines : [`         … ${left} before`, ...lines.slice(left)]
}

/** What a program prints must not hide what crossed the wire: of many lines in a row the last are shown. */
function withoutLongRuns(
  exchange: readonly WireEvent[],
  most: number,
): { event: WireEvent; left: number }[] {
  const shown: { event: WireEvent; left: number }[] = []
  for (let start = 0; start < exchange.length; ) {
    const rest = exchange.slice(start)
    const other = rest.findIndex(({ type }) => type !== 'line')
    const lines = other === -1 ? rest : rest.slice(0, other)
    const left = Math.max(0, lines.length - most)
    const [first] = lines
    if (left > 1 && first !== undefined) shown.push({ event: first, left })
    for (const event of left > 1 ? lines.slice(left) : lines) shown.push({ event, left: 0 })
    const event = rest[lines.length]
    if (event !== undefined) shown.push({ event, left: 0 })
    start += lines.length + 1
  }
  return shown
}

const LINE_CHARS = 160

export function happeningWords(event: WireEvent): string {
  switch (event.type) {
    case 'line':
      return `the program prints: ${shortened(event.text, LINE_CHARS)}`
    case 'exited':
      return `the program ended: ${event.how}`
    case 'listens':
    case 'stops listening':
      return `${event.peer} ${event.type} on port ${event.port}`
    case 'opened':
      return `${event.peer} connects (${event.connection})`
    case 'accepted':
      return `the program connects to ${event.peer} (${event.connection})`
    case 'refused':
      return `${event.peer} is refused`
    case 'sent':
      return `${event.peer} → program (${event.connection})  ${bytesWords(event)}`
    case 'received':
      return `${event.peer} ← program (${event.connection})  ${bytesWords(event)}`
    case 'ended':
      return `${actor(event)} ends its side (${event.connection})`
    case 'closed':
      return `${actor(event)} closes the connection (${event.connection})`
    case 'reset':
      return `${actor(event)} resets the connection (${event.connection})`
  }
}

function actor({ by, peer }: { by: 'check' | 'program'; peer: string }): string {
  return by === 'check' ? peer : 'the program'
}

function bytesWords({ text, length }: { text: string; length: number }): string {
  return `${shortened(text, LINE_CHARS)} (${length} bytes)`
}

/** What there is to say about a requirement that failed, as pairs of a word and its text. */
export function explained(requirement: CheckedRequirement): [name: string, text: string][] {
  const { evidence, why, hint } = requirement
  if (evidence === undefined) return []
  const { sent, expected, came, exception, lastWords } = evidence
  const where = exception?.where === undefined ? '' : ` (${exception.where})`
  const thrown: [string, string][] =
    exception === undefined ? [] : [['Exception', `${exception.text}${where}`]]
  const last = lastSentence(lastWords, exception)
  const said: [string, string][] = last === undefined ? [] : [['It said', last]]
  const [lastSent] = sent.slice(-1)
  const sending: [string, string][] = lastSent === undefined ? [] : [['Sent last', lastSent]]
  return [
    ['Why', why],
    ...sending,
    ['Expected', expected],
    ['But', came],
    ...thrown,
    ...said,
    ['Look', hint],
  ]
}
