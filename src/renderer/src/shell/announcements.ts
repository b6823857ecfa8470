// Events as sentences for a screen reader: what a person who sees the canvas would notice.
import type { LabEvent } from '../../../shared/events'
import { ERRORS } from '../../../shared/protocol/errors'
import type { State } from '../../../shared/state/state'
import { formatSpeed } from '../text/format'
import { nameOfNode, nodeName } from '../text/names'

/** At most this many sentences at a time; of the rest the number is said. */
const MOST = 4

/** Sentences that wait to be said: the newest few, and how many more there were. */
export interface Waiting {
  sentences: readonly string[]
  more: number
}

export const NOTHING_WAITING: Waiting = { sentences: [], more: 0 }

/** Adds what these events say; `state` is the state after them. Only the newest are put into words. */
export function withEvents(waiting: Waiting, events: readonly LabEvent[], state: State): Waiting {
  const telling = events.filter(isTelling)
  if (telling.length === 0) return waiting
  const spoken = telling.slice(-MOST).map((event) => sentenceOf(event, state))
  const all = [...waiting.sentences, ...spoken]
  const left = telling.length - spoken.length + Math.max(0, all.length - MOST)
  return { sentences: all.slice(-MOST), more: waiting.more + left }
}

/** What waits as one text. */
export function textOf({ sentences, more }: Waiting): string {
  const text = sentences.join(' ')
  return more > 0 ? `${more} more, and then: ${text}` : text
}

type Telling = Extract<
  LabEvent,
  {
    type:
      | 'node.added'
      | 'node.removed'
      | 'decision.made'
      | 'exchange.finished'
      | 'clock.changed'
      | 'scenario.reset'
  }
>

function isTelling(event: LabEvent): event is Telling {
  switch (event.type) {
    case 'node.added':
      return event.node.role !== 'proxy'
    case 'decision.made':
      return event.server === null
    case 'node.removed':
    case 'exchange.finished':
    case 'clock.changed':
    case 'scenario.reset':
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
      return role === 'server' ? `${name} added to policy ${policy}.` : `${name} added.`
    }
    case 'node.removed':
      return `${nodeName(state, event.id)} removed.`
    case 'decision.made':
      return `No server for policy ${event.policy}.`
    case 'exchange.finished': {
      const client = nodeName(state, event.client)
      if (event.outcome === 'answered') {
        const verdict = state.nodes.get(event.client)?.lastVerdict
        return `${client}: answer${verdict ? ` ${verdict}` : ''}, from server ${event.server}.`
      }
      const what = event.outcome === 'refused' ? 'an error came back.' : 'the message was lost.'
      return `${client}: ${what}${event.reason ? ` ${ERRORS[event.reason]}` : ''}`
    }
    case 'clock.changed':
      return event.paused ? 'Paused.' : `Running at ${formatSpeed(event.speed)}.`
    case 'scenario.reset':
      return 'The lab was reset.'
  }
}
