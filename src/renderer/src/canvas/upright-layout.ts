// The layout for a narrow canvas, such as that of a telephone or of a window at 400 %: clients above the roundabout, servers
// below it, in as many columns as are legible side by side. Pure.
import { type NodeId, PROXY } from '../../../shared/ids'
import type { Point } from '../ui/point'
import { EMPTY, type Folding, foldClients, foldPool } from './foldings'
import { type Spacing, type Tier, USUAL } from './spacing'
import type { Structure } from './structure'
import { roundaboutFor, serversByPolicy, type TidyLayout } from './tidy-layout'

/** A canvas of fewer pixels in width has this layout. */
export const NARROW = 520

/** The width of the clients and of the boxes, in flow units: a little more than 320 pixels, as they are shown smaller. */
export const WIDEST = 344
/** Between clients or boxes and the roundabout's captions. */
const BESIDE_CAPTION = 40
const MOST_COMPACT = { clients: 6, servers: 8 } as const

/** There is no room for links beside the captions: they pass beneath. */
const { captionWidth: _, ...UPRIGHT }: Spacing = USUAL

export function uprightLayout(structure: Structure): TidyLayout {
  const clients = structure.actors.filter(({ role }) => role !== 'server')
  const servers = structure.actors.length - clients.length
  const clientTier: Tier = clients.length <= MOST_COMPACT.clients ? 'compact' : 'chip'
  const serverTier: Tier = servers <= MOST_COMPACT.servers ? 'compact' : 'chip'
  const groups = [...serversByPolicy(structure).values()]
  const roundabout = roundaboutFor(structure)
  const block = lowest(foldClients(clients, UPRIGHT.clients[clientTier]))
  const pool = lowest(foldPool(groups, UPRIGHT.servers[serverTier], UPRIGHT))
  const { radius } = roundabout
  const aside = radius + UPRIGHT.caption + BESIDE_CAPTION
  const places = new Map<NodeId, Point>([[PROXY, { x: -radius, y: -radius }]])
  block.put(places, -block.width / 2, -aside - block.height)
  pool.put(places, -pool.width / 2, aside)
  return {
    places,
    clientTier,
    serverTier,
    roundabout,
    columns: {
      clients: block.mostColumns,
      servers: pool.mostColumns,
      stacks: pool.stacks,
      aisle: aside,
    },
    spacing: UPRIGHT,
    scale: 0,
  }
}

/** The lowest of the foldings that are not too wide. */
function lowest(foldings: readonly Folding[]): Folding {
  const [narrowest = EMPTY] = foldings
  return foldings
    .filter(({ width }) => width <= WIDEST)
    .reduce((best, folding) => (folding.height < best.height ? folding : best), narrowest)
}
