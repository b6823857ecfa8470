// The settings of a pool: of the servers of one policy.
import type { Settings, SettledOf } from './derive'
import { HEALTH_FEATURES } from './features/health'
import { LOAD_FEATURES } from './features/load'
import { choice, duration, percent, prime, text } from './setting'

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
  decayMs: duration({
    default: 10_000,
    max: 600_000,
    label: 'Decay',
    help: 'For least time: how long it takes until a slow answer counts for a third.',
    whose: 'Finagle’s decay',
  }),
  tableSize: prime({
    default: 65_537,
    min: 7,
    max: 655_373,
    label: 'Table size',
    help: 'For Maglev: the slots of its table, a prime much larger than the number of servers.',
    whose: 'Envoy’s table_size',
  }),
  panicPercent: percent({
    default: 0,
    label: 'Panic threshold',
    help: 'Where fewer of the servers than this share are healthy, health is ignored and all of them get messages; 0: never.',
    whose: 'nginx and HAProxy; Envoy’s healthy_panic_threshold is 50 %',
  }),
  backups: choice({
    default: 'nginx',
    label: 'Backup servers',
    help: 'When no other server can be chosen: all backups share, or the first usable one gets everything, and only when the others are down.',
    whose: 'nginx’s way',
    options: [
      { value: 'nginx', label: 'Share, as in nginx' },
      { value: 'haproxy', label: 'The first one, as in HAProxy' },
    ],
  }),
  ...HEALTH_FEATURES,
  ...LOAD_FEATURES,
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

const SEES_NO_WEIGHTS: ReadonlySet<string> = new Set<PoolValues['algorithm']>([
  'round-robin',
  'least-time',
])

/** Whether a heavier server gets more messages. */
export function seesWeights(algorithm: string): boolean {
  return !SEES_NO_WEIGHTS.has(algorithm)
}

/** Those that see a weight that rises: nginx's hashes and Maglev do not, and the others see no weights. */
const SLOW_START: ReadonlySet<string> = new Set<PoolValues['algorithm']>([
  ...(['weighted-round-robin', 'haproxy-round-robin', 'least-connections'] as const),
  ...(['haproxy-least-connections', 'random', 'two-choices', 'haproxy-ring-hash'] as const),
])

export function hasSlowStart(algorithm: string): boolean {
  return SLOW_START.has(algorithm)
}

const BALANCING: ReadonlySet<string> = new Set(['algorithm', ...Object.values(USED).flat()])

/** Whether the algorithm chooses by a key of the message. */
export function usesKey(algorithm: string): boolean {
  return USED[algorithm]?.includes('hashKey') ?? false
}

/** Whether what was counted of a pool's choices counts no longer with other settings. */
export function choosesAnew(before: object, after: object): boolean {
  return [...BALANCING].some((name) => Reflect.get(before, name) !== Reflect.get(after, name))
}

/** Settings under one heading. */
interface SettingsGroup {
  readonly title: string
  readonly settings: Settings
}

const GROUPS = {
  Health: ['health', 'checks', 'outliers', 'panicPercent', 'slowStart'],
  'When servers are full': ['queue', 'limits'],
  'When messages fail': ['retries', 'breaker'],
} as const satisfies Record<string, readonly (keyof PoolValues)[]>

/**
 * The settings that have an effect on a pool with this algorithm, in groups as a person looks for them. Slow start is always
 * among them, and says with which algorithms it does nothing.
 */
export function poolGroups(algorithm: string): readonly SettingsGroup[] {
  const choosing = ['algorithm', ...(USED[algorithm] ?? []), 'backups'] as const
  const all = { ...POOL_SETTINGS, slowStart: slowStartWith(algorithm) }
  return Object.entries({ Choosing: choosing, ...GROUPS }).map(([title, names]) => ({
    title,
    settings: Object.fromEntries(names.map((name) => [name, all[name]])),
  }))
}

function slowStartWith(algorithm: string) {
  const { slowStart } = POOL_SETTINGS
  const chosen = POOL_SETTINGS.algorithm.options.find(({ value }) => value === algorithm)
  if (chosen === undefined || hasSlowStart(algorithm)) return slowStart
  const help = `${slowStart.help} It has no effect with ${chosen.label}, which does not see it.`
  return { ...slowStart, help }
}
