// Events as sentences for a screen reader: those that a person who sees the canvas would notice.
import { reasonOf } from '../../../shared/decision/words'
import type { LabEvent, Row } from '../../../shared/events'
import { formatSpeed } from '../../../shared/format'
import type { ProtocolId } from '../../../shared/ids'
import { ERRORS } from '../../../shared/protocol/errors'
import { standingsOf, standingWords } from '../../../shared/state/standing'
import type { State } from '../../../shared/state/state'
import { visibly } from '../../../shared/visible-controls'
import { nameOfNode, nodeName, scenarioName } from '../ui/names'
import { type PoolSource, poolChanges } from './pool-changes'

/** The most sentences at a time; the others are counted. */
const MOST = 4

/** Sentences that wait to be announced: the newest few, and the number of others. */
interface Waiting {
  sentences: readonly string[]
  more: number
}

export const NOTHING_WAITING: Waiting = { sentences: [], more: 0 }

/**
 * Adds the sentences for these events; `before` is the state before them, `state` the one after them. Only the newest are
 * put into words.
 */
export function withEvents(
  waiting: Waiting,
  events: readonly LabEvent[],
  before: PoolSource,
  state: State,
): Waiting {
  const telling = tellingOf(events, before.rows)
  const changes = poolChanges(before, state)
  if (telling.length === 0 && changes.length === 0) return waiting
  const spoken = telling.slice(-MOST).map((event) => sentenceOf(event, state))
  const all = [...waiting.sentences, ...spoken, ...changes]
  const left = telling.length - spoken.length + Math.max(0, all.length - MOST)
  return { sentences: all.slice(-MOST), more: waiting.more + left }
}

/** The waiting sentences as one text. */
export function spokenText({ sentences, more }: Waiting): string {
  const text = sentences.join(' ')
  return more > 0 ? `${more} more, and then: ${text}` : text
}

/** The changes of a row of the switching table. */
interface RowNews {
  type: 'row.news'
  news: 'registered' | 'away' | 'up'
  row: Row
}

type Telling = RowNews | TellingEvent

type TellingEvent = Extract<
  LabEvent,
  {
    type:
      | 'node.added'
      | 'node.removed'
      | 'decision.made'
      | 'exchange.finished'
      | 'clock.changed'
      | 'scenario.reset'
      | 'scenario.opened'
      | 'proxy.swapped'
      | 'proxy.returned'
  }
>

function tellingOf(events: readonly LabEvent[], before: State['rows']): Telling[] {
  const conditions = new Map<ProtocolId, Condition | undefined>()
  const telling: Telling[] = []
  for (const event of events) {
    if (event.type === 'row.set') {
      const { row } = event
      const { server } = row
      const known = conditions.has(server) ? conditions.get(server) : before.get(server)
      conditions.set(server, row)
      const news = newsOf(known, row)
      if (news) telling.push({ type: 'row.news', news, row })
    } else if (event.type === 'row.removed') {
      conditions.set(event.server, undefined)
    } else if (isTelling(event)) {
      telling.push(event)
    }
  }
  return telling
}

type Condition = Pick<Row, 'health' | 'cause' | 'trial'>

/** Undefined where nothing about it is news. */
function newsOf(known: Condition | undefined, row: Row): RowNews['news'] | undefined {
  if (known === undefined) return row.health === 'down' ? 'away' : 'registered'
  const isSame =
    known.health === row.health && known.cause === row.cause && known.trial === row.trial
  if (isSame || row.health === 'unknown') return undefined
  const isAway = row.health === 'down' || row.cause !== undefined
  const wasAway = known.health === 'down' || known.cause !== undefined
  if (isAway) return 'away'
  return wasAway || known.health !== row.health ? 'up' : undefined
}

function isTelling(event: LabEvent): event is TellingEvent {
  switch (event.type) {
    case 'node.added':
      return event.node.role !== 'proxy'
    case 'decision.made':
      return event.server === null || event.attempt > 1
    case 'node.removed':
    case 'exchange.finished':
    case 'clock.changed':
    case 'scenario.reset':
    case 'scenario.opened':
    case 'proxy.swapped':
    case 'proxy.returned':
      return true
    default:
      return false
  }
}

function sentenceOf(event: Telling, state: State): string {
  switch (event.type) {
    case 'node.added': {
      const { policy, role } = event.node
      const name = nameOfNode(event.node)
      if (policy === undefined) return `${name} added.`
      return role === 'server' ? visibly`${name} added to policy ${policy}.` : `${name} added.`
    }
    case 'row.news': {
      const { server, policy } = event.row
      if (event.news === 'registered')
        return visibly`Server ${server} registered for policy ${policy}.`
      return event.news === 'up' ? visibly`Server ${server} is up again.` : awaySentence(event.row)
    }
    case 'node.removed':
      return `${nodeName(state, event.id)} removed.`
    case 'decision.made':
      return event.server === null
        ? visibly`No server for policy ${event.policy}.`
        : visibly`Server ${event.server} chosen: ${reasonOf(event)}.`
    case 'exchange.finished': {
      const client = nodeName(state, event.client)
      if (event.outcome === 'answered') {
        const verdict = state.nodes.get(event.client)?.lastVerdict
        return visibly`${client}: answer${verdict ? ` ${verdict}` : ''}, from server ${event.server ?? ''}.`
      }
      const what = event.outcome === 'refused' ? 'an error came back.' : 'the message was lost.'
      return `${client}: ${what}${event.reason ? ` ${ERRORS[event.reason]}` : ''}`
    }
    case 'clock.changed':
      if (event.lookingBack) return 'Paused while an operator looks back.'
      return event.paused ? 'Paused.' : `Running at ${formatSpeed(event.speed)}.`
    case 'scenario.reset':
      return 'The lab was reset.'
    case 'scenario.opened':
      return `It begins with ${scenarioName(event.name)}.`
    case 'proxy.swapped':
      return `${event.proxy.name} stands in the proxy’s place.`
    case 'proxy.returned':
      return `Roundabout’s own proxy is back. ${event.why}`.trim()
  }
}

/** `Server 200 is down.`, `Server 200: ejected until 0:42.` */
function awaySentence(row: Row): string {
  const [standing] = standingsOf({ ...row, chosen: 0, served: 0, failed: 0 }, undefined)
  if (standing === undefined || standing.kind === 'down')
    return visibly`Server ${row.server} is down.`
  return visibly`Server ${row.server}: ${standingWords(standing)}.`
}
