// A state as JSON: maps as lists of pairs, bytes in base64, and what is undefined left out.
import type { State } from '../../src/shared/state/state'

export type Json = null | boolean | number | string | Json[] | { [key: string]: Json }

export function plainState({ packets, ...state }: State): Json {
  return plainOf({ ...state, packets: { first: packets.first, items: [...packets] } })
}

export function plainOf(value: unknown): Json {
  if (value === null || typeof value === 'boolean') return value
  if (typeof value === 'number' || typeof value === 'string') return value
  if (value instanceof Uint8Array) return Buffer.from(value).toString('base64')
  if (value instanceof Map) return [...value].map(plainOf)
  if (Array.isArray(value)) return value.map(plainOf)
  if (typeof value !== 'object') throw new Error(`There is no JSON for a ${typeof value}.`)
  const fields = Object.entries(value).filter(([, field]) => field !== undefined)
  return Object.fromEntries(fields.map(([key, field]) => [key, plainOf(field)]))
}
