// Where people have put nodes on the graph. It belongs to the lab, so that every window and a saved scenario show it.
import type { CommandOf } from '../../../shared/commands'
import type { NodePlace } from '../../../shared/events'
import { type NodeId, PROXY } from '../../../shared/ids'
import { MAX_PLACES } from '../../../shared/limits'
import type { State } from '../../../shared/state/state'
import { CommandError } from '../command-error'
import type { Lab } from '../lab'
import { nameOf } from './labels'
import type { Done, LabParts, Rows } from './row'

export const PLACE_COMMANDS: Rows<'placeNodes'> = {
  placeNodes: {
    carryOut({ lab }, { places, forgotten }) {
      const known = lab.journal.state.places
      const added = places.filter(({ node }) => !known.has(node))
      if (known.size + added.length > MAX_PLACES) {
        throw new CommandError(`At most ${MAX_PLACES} nodes have places of their own.`)
      }
      const gone = forgotten.filter((node) => known.has(node))
      if (places.length + gone.length === 0) return
      lab.journal.emit({ type: 'nodes.placed', places, forgotten: gone })
    },
    inverse: ({ places, forgotten }, done) =>
      placesBack([...places.map(({ node }) => node), ...forgotten], done),
    label({ places }, { after }) {
      const [moved] = places
      if (moved === undefined) return 'tidy up'
      if (places.length > 1) return `move ${places.length} nodes`
      if (moved.node === PROXY) return 'move the roundabout'
      const node = after.nodes.get(moved.node)
      return `move ${node === undefined ? 'a node' : nameOf(node)}`
    },
  },
}

/** Gives these nodes the places back that they had before a command. */
export function placesBack(
  nodes: readonly NodeId[],
  { before, after }: Pick<Done, 'before' | 'after'>,
): readonly CommandOf<'placeNodes'>[] {
  if (nodes.every((node) => before.places.get(node) === after.places.get(node))) return []
  return [
    {
      type: 'placeNodes',
      places: placesIn(before).filter(({ node }) => nodes.includes(node)),
      forgotten: nodes.filter((node) => !before.places.has(node)),
    },
  ]
}

/** A node with a changed id is at the place of the former one. Returns the node. */
export function movePlace({ lab }: LabParts, former: NodeId, now: NodeId): NodeId {
  const { journal } = lab
  const place = journal.state.places.get(former)
  if (place && now !== former) {
    const places = [{ node: now, ...place }]
    journal.emit({ type: 'nodes.placed', places, forgotten: [former] })
  }
  return now
}

/** The places of removed nodes. */
export function removePlaces({ journal }: Lab, nodes: readonly NodeId[]): void {
  const forgotten = nodes.filter((node) => journal.state.places.has(node))
  if (forgotten.length > 0) journal.emit({ type: 'nodes.placed', places: [], forgotten })
}

/** Gives nodes these places, and no others. */
export function replacePlaces({ journal }: Lab, places: readonly NodePlace[]): void {
  const forgotten = [...journal.state.places.keys()]
  if (places.length + forgotten.length === 0) return
  journal.emit({ type: 'nodes.placed', places, forgotten })
}

export function placesIn({ places }: Pick<State, 'places'>): NodePlace[] {
  return [...places].map(([node, place]) => ({ node, ...place }))
}
