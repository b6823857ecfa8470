// The rule of each algorithm in one plain sentence with the numbers of a decision, and whose rule it is.
import { formatCount } from '../format'
import type { ProtocolId } from '../ids'
import { UNKNOWN } from '../settings/setting'
import type { Decision } from '../state/state'
import { visibly } from '../visible-controls'
import {
  comparedWords,
  costOf,
  drawnWords,
  haproxyLoadOf,
  loadOf,
  loadWords,
  rounded,
} from './compared'
import { algorithmName, namesOf, strong, type Words } from './parts'
import type { AlgorithmName, Reason, SmoothView } from './reason'

const UNKNOWN_ALGORITHM = 'an algorithm chose it that this version does not know'

const SAME_SERVER = 'the policy’s retries go to the same server first, as in HAProxy'

const FREE_SLOT =
  'it had room for a message that waited; as in HAProxy, the algorithm is not asked then'

/** `''`: the lab's own. */
const WHOSE: Readonly<Record<AlgorithmName, string>> = {
  'round-robin': '',
  'weighted-round-robin': 'nginx',
  'haproxy-round-robin': 'HAProxy',
  'least-connections': 'nginx',
  'haproxy-least-connections': 'HAProxy',
  random: 'nginx',
  'two-choices': 'nginx',
  'least-time': 'Finagle',
  hash: 'nginx',
  'ring-hash': 'nginx',
  'haproxy-ring-hash': 'HAProxy',
  maglev: 'Google’s Maglev, with weights as in Envoy',
}

/** Whose way of balancing an algorithm is; undefined for the lab's own. */
export function whoseWay(algorithm: Decision['algorithm']): string | undefined {
  return algorithm === UNKNOWN ? undefined : WHOSE[algorithm] || undefined
}

/** How the algorithm came to its choice, with the algorithm's name. */
export function ruleOf(decision: Decision): Words {
  const { reason, server, candidates } = decision
  const name = algorithmName(decision.algorithm)
  if (reason === null || server === null) return [UNKNOWN_ALGORITHM]
  switch (reason.by) {
    case 'round-robin': {
      const { length } = candidates
      const place = length > 1 ? `, number ${candidates.indexOf(reason.turn) + 1} of ${length}` : ''
      return [`${name}: it was the turn of `, strong(reason.turn), place]
    }
    case 'weighted-round-robin':
      return [`${name}: current weights `, ...smoothWords(reason, server)]
    case 'haproxy-round-robin': {
      const { position, due, again, weight, total } = reason
      const period = `${total} ÷ ${weight} = ${rounded(total / weight)} positions`
      const [at, then] = [due - position, again - position].map(positions)
      return [
        `${name}: `,
        strong(server),
        ` was due ${at}; it is due every ${period}, next ${then}`,
      ]
    }
    case 'least-connections':
      return [
        `${name}: `,
        ...loadWords(reason.compared, server, loadOf),
        ...(reason.tied > 1
          ? [`; ${reason.tied} carry as little, and smooth weighted round-robin chose among them`]
          : []),
      ]
    case 'haproxy-least-connections':
      return [
        `${name}: `,
        ...loadWords(reason.compared, server, haproxyLoadOf),
        ...(reason.tied > 1
          ? [`; of ${reason.tied} that carry as little, it had waited longest`]
          : []),
      ]
    case 'random': {
      const available = candidates.length - decision.passedOver.length
      if (available === 1) return [`${name}: it was the only one to draw from`]
      const drawn = `${name}: number ${reason.drawn + 1} of ${available} was drawn`
      if (reason.total === undefined) return [`${drawn}, each as likely`]
      return [
        `${drawn}; its chance was its weight, ${rounded(reason.weight ?? 0)} in ${rounded(reason.total)}`,
      ]
    }
    case 'two-choices':
      return drawnWords(name, reason.drawn, server, loadOf)
    case 'least-time':
      return drawnWords(name, reason.drawn, server, costOf)
    case 'hash': {
      if (reason.turn) return [...keyWords(name, reason), ...turnWords(reason)]
      const { hash, total, passed } = reason
      const share = `hash ${hash} modulo the sum of the weights ${total} = ${hash % total}, in the share of `
      const again =
        passed.length === 0
          ? []
          : [`; hashed again ${times(passed.length)}, as it met `, ...met(passed)]
      return [...keyWords(name, reason), share, strong(server), ...again]
    }
    case 'ring-hash': {
      if (reason.turn) return [...keyWords(name, reason), ...turnWords(reason)]
      const { hash, point, passed } = reason
      return [
        ...keyWords(name, reason),
        `point ${formatCount(hash)}; the next point is ${formatCount(point)}, of `,
        strong(server),
        ...(passed.length === 0 ? [] : ['; on the way it passed ', ...met(passed)]),
      ]
    }
    case 'haproxy-ring-hash': {
      const { hash, before, after } = reason
      const side = (point: typeof before): Words => [
        strong(point.server),
        ` ${formatCount(point.point)}`,
      ]
      return [
        ...keyWords(name, reason),
        `point ${formatCount(hash)}, between `,
        ...side(before),
        ' and ',
        ...side(after),
        server === before.server || server === after.server
          ? ': the nearer one is chosen'
          : ': the nearer one was tried, and the next one on is chosen',
      ]
    }
    case 'maglev':
      return [
        ...keyWords(name, reason),
        `slot ${formatCount(reason.slot)} of ${formatCount(reason.size)}, which `,
        strong(server),
        ' has claimed',
      ]
    case 'same-server':
      return [SAME_SERVER]
    case 'free-slot':
      return [FREE_SLOT]
    case 'unknown':
      return [UNKNOWN_ALGORITHM]
  }
}

/** `100 7, 300 1: the largest is chosen and pays the sum of all, 7`. */
function smoothWords(
  { compared, total }: Extract<Reason, { by: 'weighted-round-robin' }>,
  server: ProtocolId,
): Words {
  const part = ({ server, current }: SmoothView): Words => [strong(server), ` ${rounded(current)}`]
  const most = Math.max(...compared.map(({ current }) => current))
  const isTied = compared.filter(({ current }) => current === most).length > 1
  return [
    ...comparedWords(compared, server, part),
    `: ${isTied ? 'the first of the largest' : 'the largest'} is chosen${total > 0 ? `, and pays the sum of the weights, ${rounded(total)}` : ''}`,
  ]
}

function keyWords(name: string, { key }: { readonly key: string }): Words {
  return key === '' ? [`${name}: no key: `] : [visibly`${name}: key “${key}”: `]
}

function turnWords({ passed }: { readonly passed: readonly ProtocolId[] }): Words {
  const rule = 'smooth weighted round-robin decides'
  return passed.length === 0 ? [rule] : ['it met only ', ...met(passed), `: ${rule}`]
}

function met(passed: readonly ProtocolId[]): Words {
  return [...namesOf([...new Set(passed)]), ', which cannot get it']
}

function times(count: number): string {
  return count === 1 ? 'once' : `${count} times`
}

function positions(count: number): string {
  if (count === 0) return 'now'
  const words = `${Math.abs(count)} ${Math.abs(count) === 1 ? 'position' : 'positions'}`
  return count > 0 ? `in ${words}` : `${words} ago`
}

/** The middle of a caption, before whose turn is next: `key 7 → 300`. */
export function shortRuleOf(
  reason: Exclude<Reason, { by: 'round-robin' | 'random' }> | null,
  server: Words,
): Words {
  switch (reason?.by) {
    case 'weighted-round-robin':
      return ['largest current weight: ', ...server]
    case 'haproxy-round-robin':
      return ['due: ', ...server]
    case 'least-connections':
    case 'haproxy-least-connections':
      return ['least in flight: ', ...server]
    case 'two-choices':
    case 'least-time':
      return [`least of ${reason.drawn.length} drawn: `, ...server]
    case 'hash':
    case 'ring-hash':
    case 'haproxy-ring-hash':
    case 'maglev':
      return ['key → ', ...server]
    case 'same-server':
      return ['again: ', ...server]
    case 'free-slot':
      return ['room at ', ...server]
    case 'unknown':
    case undefined:
      return server
  }
}

/** As a sentence's end: `its key belongs to it`. */
export function shortReasonOf(reason: Exclude<Reason, { by: 'round-robin' }> | null): string {
  switch (reason?.by) {
    case 'weighted-round-robin':
      return 'it had the largest current weight'
    case 'haproxy-round-robin':
      return 'it was due on the wheel'
    case 'least-connections':
    case 'haproxy-least-connections':
      return 'it had the least in flight for its weight'
    case 'random':
      return 'it was drawn at random'
    case 'two-choices':
      return 'of two that were drawn it had less in flight for its weight'
    case 'least-time':
      return 'of two that were drawn it would answer sooner'
    case 'hash':
    case 'ring-hash':
    case 'haproxy-ring-hash':
    case 'maglev':
      return 'the message’s key belongs to it'
    case 'same-server':
      return SAME_SERVER
    case 'free-slot':
      return FREE_SLOT
    case 'unknown':
    case undefined:
      return UNKNOWN_ALGORITHM
  }
}
