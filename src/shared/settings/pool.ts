// The settings of a pool: of the servers of one policy.
import type { Settings, SettledOf } from './derive'
import { choice, number, prime, text } from './setting'

export const POOL_SETTINGS = {
  algorithm: choice({
    default: 'round-robin',
    label: 'Algorithm',
    help: 'How the proxy chooses a server for each message of the policy.',
    options: [
      { value: 'round-robin', label: 'Round-robin' },
      { value: 'weighted-round-robin', label: 'Weighted round-robin' },
      { value: 'haproxy-round-robin', label: 'HAProxy round-robin' },
      { value: 'least-connections', label: 'Least connections' },
      { value: 'haproxy-least-connections', label: 'HAProxy least connections' },
      { value: 'random', label: 'Random' },
      { value: 'two-choices', label: 'Two choices' },
      { value: 'least-time', label: 'Least time' },
      { value: 'hash', label: 'Hash' },
      { value: 'ring-hash', label: 'Ring hash' },
      { value: 'haproxy-ring-hash', label: 'HAProxy ring hash' },
      { value: 'maglev', label: 'Maglev' },
    ],
  }),
  hashKey: text({
    default: 'srcid',
    maxChars: 64,
    trim: true,
    label: 'Hash key',
    help: 'For hash, ring hash and Maglev: the field of the message that is hashed: srcid (the client), payload, or any other.',
  }),
  decayMs: number({
    default: 10_000,
    min: 1,
    max: 600_000,
    unit: 'ms',
    label: 'Decay',
    help: 'For least time: how long it takes until a slow answer counts for a third (Finagle’s default: 10 s).',
  }),
  tableSize: prime({
    default: 65_537,
    min: 7,
    max: 655_373,
    label: 'Table size',
    help: 'For Maglev: the slots of its table, a prime much larger than the number of servers (Envoy’s default: 65537).',
  }),
}

export type PoolValues = SettledOf<typeof POOL_SETTINGS>

/** What an algorithm goes by. The key may change while it runs; with another decay or size it begins anew. */
const USED: Readonly<Record<string, readonly (keyof PoolValues)[]>> = {
  'least-time': ['decayMs'],
  hash: ['hashKey'],
  'ring-hash': ['hashKey'],
  'haproxy-ring-hash': ['hashKey'],
  maglev: ['hashKey', 'tableSize'],
}

/** Whether the algorithm chooses by a key of the message. */
export function usesKey(algorithm: string): boolean {
  return USED[algorithm]?.includes('hashKey') ?? false
}

/** Whether what was counted of a pool's choices counts no longer with other settings. */
export function choosesAnew(before: object, after: object): boolean {
  const names: readonly (keyof PoolValues)[] = ['algorithm', ...Object.values(USED).flat()]
  return names.some((name) => Reflect.get(before, name) !== Reflect.get(after, name))
}

/** The settings to show for a pool with this algorithm: the others have no effect. */
export function poolSettingsFor(algorithm: string): Settings {
  const used = USED[algorithm] ?? []
  return Object.fromEntries(
    Object.entries(POOL_SETTINGS).filter(([name]) => {
      return name === 'algorithm' || used.some((other) => other === name)
    }),
  )
}
