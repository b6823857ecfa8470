// Each algorithm's counterpart in the real programs: the same one, one that chooses otherwise, or none.
import { algorithmWords } from '../decision/parts'
import type { AlgorithmName } from '../decision/reason'
import type { ExportedPool } from './setup'

interface Counterpart {
  /** What the configuration says instead of the algorithm's name: `leastconn`, `least_conn`. */
  readonly as: string
  /** The comment on that line. */
  readonly why: string
  /**
   * `same`: it chooses the same servers, of drawn ones with the same chances. `otherwise`: the sentence says what is other.
   * `none`: there is no such algorithm, and `as` is the nearest one.
   */
  readonly fit: 'same' | 'otherwise' | 'none'
  readonly differs?: string
  /** The difference is there only if servers have different weights. */
  readonly byWeights?: true
}

type Counterparts = Readonly<Record<AlgorithmName, Counterpart>>

/** What is other with it, as sentences. `program`: `HAProxy 2.6`. */
export function algorithmDiffers(
  { settings, servers }: ExportedPool,
  { as, fit, differs, byWeights }: Counterpart,
  program: string,
): string[] {
  if (fit === 'none') {
    const name = algorithmWords(settings.algorithm)
    const nearest = `${name} has no counterpart in ${program}; the file has ${as}, the nearest.`
    return [differs === undefined ? nearest : `${nearest} ${differs}`]
  }
  const isUneven = new Set(servers.map(({ weight }) => weight)).size > 1
  return differs === undefined || (byWeights && !isUneven) ? [] : [differs]
}

const HAPROXY_WHEEL: Counterpart = {
  as: 'roundrobin',
  why: 'turns by weight',
  fit: 'otherwise',
  differs:
    'Shares by weight are the same; the order of the turns is HAProxy’s wheel (5, 1, 1: a a a b a a c) instead of nginx’s (a a b a c a a).',
  byWeights: true,
}

export const IN_HAPROXY: Counterparts = {
  'round-robin': {
    as: 'roundrobin',
    why: 'servers take turns; without weights, because the lab’s round-robin does not see them',
    fit: 'same',
  },
  'weighted-round-robin': HAPROXY_WHEEL,
  'haproxy-round-robin': { as: 'roundrobin', why: 'turns by weight, on a wheel', fit: 'same' },
  'least-connections': {
    as: 'leastconn',
    why: 'the fewest connections for the weight',
    fit: 'otherwise',
    differs:
      'Least connections is HAProxy’s leastconn there: idle servers come first whatever their weight, and among equals the one that has waited longest.',
  },
  'haproxy-least-connections': {
    as: 'leastconn',
    why: 'idle servers first, then the fewest connections for the weight',
    fit: 'same',
  },
  random: {
    as: 'random(1)',
    why: 'drawn by weight, one draw',
    fit: 'otherwise',
    differs:
      'Random draws a point on HAProxy’s hash ring: the shares are by weight only about, and chance is not the scenario’s.',
  },
  'two-choices': {
    as: 'random(2)',
    why: 'two draws by weight, the less loaded one gets the connection',
    fit: 'otherwise',
    differs:
      'Both draws of HAProxy’s random(2) may hit the same server; the lab draws two different ones.',
  },
  'least-time': {
    as: 'leastconn',
    why: 'the nearest: HAProxy does not go by the time of answers',
    fit: 'none',
  },
  hash: {
    as: 'hash map-based',
    why: 'the key’s hash modulo the weights',
    fit: 'otherwise',
    differs:
      'A key goes to another server than in the lab: HAProxy hashes otherwise. When a server goes down most keys move, in the lab only its own.',
  },
  'ring-hash': {
    as: 'hash consistent',
    why: 'the key’s place on HAProxy’s ring',
    fit: 'otherwise',
    differs:
      'A key goes to another server than in the lab: HAProxy’s ring has other points, and the nearer neighbour gets the key.',
  },
  'haproxy-ring-hash': {
    as: 'hash consistent',
    why: 'the key’s place on the ring, the nearer neighbour gets it',
    fit: 'same',
  },
  maglev: {
    as: 'hash consistent',
    why: 'the nearest: HAProxy has no Maglev',
    fit: 'none',
    differs: 'A key goes to another server than in the lab, and shares are less even.',
  },
}

export const IN_NGINX: Counterparts = {
  'round-robin': {
    as: 'turns',
    why: 'servers take turns; without weights, because the lab’s round-robin does not see them',
    fit: 'same',
  },
  'weighted-round-robin': {
    as: 'turns',
    why: 'smooth turns by weight, nginx’s default',
    fit: 'same',
  },
  'haproxy-round-robin': {
    as: 'turns',
    why: 'smooth turns by weight, nginx’s default',
    fit: 'otherwise',
    differs:
      'Shares by weight are the same; the order of the turns is nginx’s (5, 1, 1: a a b a c a a) instead of HAProxy’s wheel (a a a b a a c).',
    byWeights: true,
  },
  'least-connections': {
    as: 'least_conn',
    why: 'the fewest connections for the weight; turns among equals',
    fit: 'same',
  },
  'haproxy-least-connections': {
    as: 'least_conn',
    why: 'the fewest connections for the weight',
    fit: 'otherwise',
    differs:
      'HAProxy least connections is nginx’s least_conn there: weights count for idle servers too, and equals take smooth turns.',
  },
  random: { as: 'random', why: 'drawn by weight', fit: 'same' },
  'two-choices': {
    as: 'random two least_conn',
    why: 'two different servers drawn by weight, the less loaded one gets the connection',
    fit: 'same',
  },
  'least-time': {
    as: 'least_conn',
    why: 'the nearest: least_time is not in nginx 1.22',
    fit: 'none',
  },
  hash: { as: 'hash', why: 'the key’s hash modulo the weights', fit: 'same' },
  'ring-hash': { as: 'hash consistent', why: 'the key’s place on nginx’s ring', fit: 'same' },
  'haproxy-ring-hash': {
    as: 'hash consistent',
    why: 'the key’s place on nginx’s ring',
    fit: 'otherwise',
    differs:
      'A key goes to another server than in the lab: nginx’s ring has other points, and the next one clockwise gets the key.',
  },
  maglev: {
    as: 'hash consistent',
    why: 'the nearest: nginx has no Maglev',
    fit: 'none',
    differs: 'A key goes to another server than in the lab, and shares are less even.',
  },
}

const ENVOY_TURNS =
  'Envoy begins its turns at a random server, and different weights take another order; the shares are the same.'
const ENVOY_LEAST =
  'Envoy draws servers at random and compares them, and with different weights goes by weight and load together.'

export const IN_ENVOY: Counterparts = {
  'round-robin': {
    as: 'ROUND_ROBIN',
    why: 'servers take turns; without weights, because the lab’s round-robin does not see them',
    fit: 'otherwise',
    differs:
      'Envoy begins its turns at a random server, and each of its threads has turns of its own.',
  },
  'weighted-round-robin': {
    as: 'ROUND_ROBIN',
    why: 'turns by weight, the earliest deadline first',
    fit: 'otherwise',
    differs: ENVOY_TURNS,
  },
  'haproxy-round-robin': {
    as: 'ROUND_ROBIN',
    why: 'turns by weight, the earliest deadline first',
    fit: 'otherwise',
    differs: ENVOY_TURNS,
  },
  'least-connections': {
    as: 'LEAST_REQUEST',
    why: 'the fewest connections of those drawn',
    fit: 'otherwise',
    differs: ENVOY_LEAST,
  },
  'haproxy-least-connections': {
    as: 'LEAST_REQUEST',
    why: 'the fewest connections of those drawn',
    fit: 'otherwise',
    differs: ENVOY_LEAST,
  },
  random: {
    as: 'RANDOM',
    why: 'drawn at random',
    fit: 'otherwise',
    differs: 'Envoy’s RANDOM does not see weights.',
    byWeights: true,
  },
  'two-choices': {
    as: 'LEAST_REQUEST',
    why: 'two are drawn, the less loaded one gets the connection',
    fit: 'otherwise',
    differs:
      'Both of Envoy’s draws may hit the same server, and with different weights it does not draw at all.',
  },
  'least-time': {
    as: 'LEAST_REQUEST',
    why: 'the nearest in a stable Envoy',
    fit: 'none',
  },
  hash: {
    as: 'RING_HASH',
    why: 'the nearest: Envoy has no plain hash',
    fit: 'none',
  },
  'ring-hash': { as: 'RING_HASH', why: 'the next point on Envoy’s ring', fit: 'otherwise' },
  'haproxy-ring-hash': { as: 'RING_HASH', why: 'the next point on Envoy’s ring', fit: 'otherwise' },
  maglev: { as: 'MAGLEV', why: 'Maglev’s table', fit: 'otherwise' },
}
