// The marks of harmed links, at their places: for these marks, and for those that keep off them.
import { useMemo } from 'react'
import { useLab } from '../lab/lab'
import type { ArrowWay } from './FaultIcon'
import { type FaultPlace, faultPlaces } from './fault-places'
import { scaled } from './geometry'
import type { GraphLayout } from './graph-layout'
import { useLabelZoom } from './label-zoom'
import { harmedLanes, harmOf, type LinkHarm } from './link-harm'
import type { LinkPath } from './links/path'
import { switchRects } from './switch-place'

export interface PlacedFaults extends FaultPlace {
  readonly harm: LinkHarm
  /** At the left end of the mark and at its right one. */
  readonly left?: ArrowWay
  readonly right?: ArrowWay
}

const NONE: readonly PlacedFaults[] = []

export function useFaultPlaces({ actors, links }: GraphLayout): readonly PlacedFaults[] {
  const faults = useLab(({ state }) => state.faults)
  const zoom = useLabelZoom()
  return useMemo(() => {
    if (faults.size === 0) return NONE
    const harmed = [...links].flatMap(([node, path]) => {
      const harm = harmOf(faults, node)
      if (harm === undefined) return []
      const ways = screenWays(node, harm, path)
      return [{ node, harm, path, ways, arrows: Object.keys(ways).length }]
    })
    const switches = switchRects(actors, zoom).map((rect) => scaled(rect, zoom))
    const places = faultPlaces(harmed, links.size, zoom, switches)
    return harmed.flatMap(({ harm, ways }, index) => {
      const place = places[index]
      return place ? [{ ...place, harm, ...ways }] : []
    })
  }, [faults, actors, links, zoom])
}

/** The ways of the harmed bytes on the screen, for the ends of the mark. */
function screenWays(
  node: string,
  harm: LinkHarm,
  path: LinkPath,
): { left?: ArrowWay; right?: ArrowWay } {
  const { toProxy, fromProxy } = harmedLanes(node, harm)
  const start = path[0]?.[0] ?? { x: 0, y: 0 }
  const end = path.at(-1)?.[3] ?? start
  const isUpright = Math.abs(end.y - start.y) > 2 * Math.abs(end.x - start.x)
  const proxyIsAhead = isUpright ? end.y > start.y : end.x > start.x
  const [back, ahead] = proxyIsAhead ? [fromProxy, toProxy] : [toProxy, fromProxy]
  return {
    ...(back && { left: isUpright ? 'up' : 'left' }),
    ...(ahead && { right: isUpright ? 'down' : 'right' }),
  }
}
