// The layout of projector mode: everything in its tidy place, with as much detail as can be read from the back row.
import { PROJECTOR, PROJECTOR_TEXT } from './spacing'
import type { Structure } from './structure'
import { arrange, type TidyLayout, type Tiers } from './tidy-layout'

/** Text of this part of the canvas's height can be read from the back row. */
export const LEGIBLE = 0.03

/** Around the graph, as parts of the canvas's width and height; at the bottom is the bar. */
export const MARGINS = { top: 0.015, right: 0.015, bottom: 0.075, left: 0.015 } as const

/** More detail first: an actor's name and number of answers, or its id alone. */
const TIERS: readonly Tiers[] = [
  { clients: 'compact', servers: 'compact' },
  { clients: 'chip', servers: 'compact' },
  { clients: 'compact', servers: 'chip' },
  { clients: 'chip', servers: 'chip' },
]

/** The most detailed layout with legible text, or else the one with the largest text. `aspect`: the canvas's. */
export function projectorLayout(
  structure: Structure,
  aspect: number,
  before?: TidyLayout,
): TidyLayout {
  let best: TidyLayout | undefined
  for (const tiers of TIERS) {
    const area = (aspect * AREA.width) / AREA.height
    const kept = arrange(structure, area, PROJECTOR, tiers, before)
    if (textShare(kept) >= LEGIBLE) return kept
    const layout = arrange(structure, area, PROJECTOR, tiers)
    if (textShare(layout) >= LEGIBLE) return layout
    if (best === undefined || layout.scale > best.scale) best = layout
  }
  return best ?? arrange(structure, aspect, PROJECTOR, { clients: 'chip', servers: 'chip' })
}

/** The height of names and turns to the canvas's height. */
export function textShare({ scale }: Pick<TidyLayout, 'scale'>): number {
  return PROJECTOR_TEXT * scale * AREA.height
}

const AREA = {
  width: 1 - MARGINS.left - MARGINS.right,
  height: 1 - MARGINS.top - MARGINS.bottom,
}
