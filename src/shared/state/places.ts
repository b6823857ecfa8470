// The places that people have given to nodes.
import type { EventBody } from '../events'
import type { State } from './state'

export function withPlaces(
  before: State['places'],
  { places, forgotten }: Extract<EventBody, { type: 'nodes.placed' }>,
): State['places'] {
  const all = new Map(before)
  for (const node of forgotten) all.delete(node)
  for (const { node, x, y } of places) all.set(node, { x, y })
  return all
}
