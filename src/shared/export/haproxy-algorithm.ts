// A pool's algorithm in HAProxy: its `balance` line, its servers' weights, and the key of a hash.
import type { ProtocolId } from '../ids'
import { usesKey } from '../settings/pool'
import { algorithmDiffers, IN_HAPROXY } from './counterparts'
import { type Fragment, fragment, line } from './fragment'
import type { ExportedPool } from './setup'

const MAX_WEIGHT = 256

/** A field that a JSON path of HAProxy can name. */
const PLAIN_FIELD = /^[A-Za-z0-9_-]+$/
const CLIENT_FIELD = 'srcid'

/** The field of the message that is hashed; undefined where the algorithm hashes nothing. */
export function haproxyKey({ settings }: ExportedPool): string | undefined {
  const { algorithm, hashKey } = settings
  if (!usesKey(algorithm)) return undefined
  return PLAIN_FIELD.test(hashKey) ? hashKey : CLIENT_FIELD
}

/** The variable of the connection that keeps this field. */
export function keyVariable(field: string): string {
  return `sess.key_${field.replaceAll('-', '_')}`
}

export function haproxyAlgorithm(pool: ExportedPool): Fragment {
  const counterpart = IN_HAPROXY[pool.settings.algorithm]
  const differs = algorithmDiffers(pool, counterpart, 'HAProxy 2.6')
  const key = haproxyKey(pool)
  const { as, why } = counterpart
  if (key === undefined) return fragment([line(`balance ${as}`, why)], ...differs)
  const wanted = pool.settings.hashKey
  const [, kind] = as.split(' ')
  return fragment(
    [
      line(
        `balance hash var(${keyVariable(key)}),concat()`,
        `${key} of the first message, as a text, is hashed`,
      ),
      line(`hash-type ${kind}`, why),
    ],
    ...differs,
    key !== wanted && `HAProxy cannot name the field “${wanted}”: the file hashes ${key} instead.`,
    `A connection whose first message has no ${key} is given a server by turns, after five seconds; the lab hashes an empty text.`,
  )
}

/** By server, the weight in the file; without one, weights are not seen. */
export function haproxyWeights({
  settings,
  servers,
}: ExportedPool): ReadonlyMap<ProtocolId, number> {
  if (settings.algorithm === 'round-robin') return new Map()
  const most = Math.max(...servers.map(({ weight }) => weight))
  const times = isDrawn(settings.algorithm) ? Math.floor(MAX_WEIGHT / most) : 1
  return new Map(servers.map(({ id, weight }) => [id, weight * times]))
}

/** Draws fall on the points of a ring, 16 for each unit of weight: they are the fairer the more there are. */
export function isDrawn(algorithm: string): boolean {
  return algorithm === 'random' || algorithm === 'two-choices'
}
