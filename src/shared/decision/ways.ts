// Each algorithm's way and whose it is: in a few words for menus, and as a sentence for the inspector.
import { POOL_SETTINGS } from '../settings/pool'
import { UNKNOWN } from '../settings/setting'
import type { Decision } from '../state/state'
import type { AlgorithmName } from './reason'

interface Way {
  /** `nginx, smooth turns by weight`. */
  readonly brief: string
  /** The name where there is little room; without it, the whole name is short enough. */
  readonly short?: string
  readonly sentence: string
}

const WAYS: Readonly<Record<AlgorithmName, Way>> = {
  'round-robin': {
    brief: 'the lab’s own, in order of registration',
    sentence: 'The lab’s own way: servers take turns in order of registration.',
  },
  'weighted-round-robin': {
    brief: 'nginx, smooth turns by weight',
    short: 'Weighted RR',
    sentence: 'nginx’s way: servers take turns by weight, spread out smoothly.',
  },
  'haproxy-round-robin': {
    brief: 'HAProxy, a wheel with turns by weight',
    short: 'HAProxy RR',
    sentence: 'HAProxy’s way: on a turning wheel, each server is due as often as its weight says.',
  },
  'least-connections': {
    brief: 'nginx, fewest in flight for the weight',
    sentence:
      'nginx’s way (least_conn): the server with the fewest messages in flight for its weight.',
  },
  'haproxy-least-connections': {
    brief: 'HAProxy, idle servers first',
    short: 'HAProxy leastconn',
    sentence:
      'HAProxy’s way (leastconn): an idle server first, else the one with the fewest messages in flight for its weight.',
  },
  random: {
    brief: 'nginx, drawn by weight',
    sentence: 'nginx’s way: drawn at random, by weight.',
  },
  'two-choices': {
    brief: 'nginx, the less loaded of two drawn',
    sentence:
      'nginx’s way (random two): of two servers drawn by weight, the one with fewer messages in flight.',
  },
  'least-time': {
    brief: 'Finagle, the sooner of two drawn',
    sentence:
      'Finagle’s way (peak EWMA): of two servers drawn, the one that is likely to answer sooner.',
  },
  hash: {
    brief: 'nginx, by the hash of a key',
    sentence: 'nginx’s way (hash): the hash of a key names the server.',
  },
  'ring-hash': {
    brief: 'nginx, the next point on a ring',
    sentence: 'nginx’s way (hash … consistent): a key goes to the next server’s point on a ring.',
  },
  'haproxy-ring-hash': {
    brief: 'HAProxy, the nearer point on a ring',
    sentence:
      'HAProxy’s way (hash-type consistent): a key goes to the nearer one of the two points beside it on a ring.',
  },
  maglev: {
    brief: 'Google, even slots in a table',
    sentence:
      'Google’s way, with weights as in Envoy: servers claim the slots of a table, and a key’s slot names its server.',
  },
}

export function algorithmWay(algorithm: Decision['algorithm']): Way | undefined {
  return algorithm === UNKNOWN ? undefined : WAYS[algorithm]
}

/** The name in a few characters: `Weighted RR`, `Maglev`. */
export function shortAlgorithmName(algorithm: Decision['algorithm']): string {
  return algorithmWay(algorithm)?.short ?? POOL_SETTINGS.algorithm.say(algorithm)
}
