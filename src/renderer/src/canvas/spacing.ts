// The sizes of cards and the distances between them, in flow units: as usual, and for projector mode, where the same text
// has less around it, so that everything can be shown larger.

/** How much detail an actor is drawn with: the more actors, the less detail. */
export type Tier = 'card' | 'compact' | 'chip'

export interface Cell {
  readonly width: number
  readonly height: number
  readonly gap: number
}

export interface Spacing {
  readonly clients: Record<Tier, Cell>
  readonly servers: Record<Tier, Cell>
  /** Around a policy's servers, within their box: a link beside them keeps clear of the box's edge. */
  readonly groupPadding: number
  readonly groupTitle: number
  readonly groupGap: number
  /** Below the roundabout, for the list of turns, and as much above it, for the receipt. */
  readonly caption: number
  /** The width of both texts (roundabout.css). Links keep off them; undefined: they pass beneath. */
  readonly captionWidth?: number
  /** Between a column and the roundabout, wide enough for gentle curves: as a share of the height, within limits. */
  readonly aisle: { readonly share: number; readonly least: number; readonly most: number }
  /** Aisles become wider where an area of the layout's height, or of this one, has width to spare; undefined: never. */
  readonly fillsFrom?: number
  /**
   * Exponents: of two arrangements of similar size on the screen, the one with fewer columns is easier to read, and the
   * one with fewer boxes behind others even more so.
   */
  readonly costOf: { readonly columns: number; readonly stacks: number }
}

export const USUAL: Spacing = {
  clients: {
    card: { width: 176, height: 56, gap: 24 },
    compact: { width: 148, height: 36, gap: 12 },
    chip: { width: 76, height: 28, gap: 8 },
  },
  servers: {
    card: { width: 216, height: 68, gap: 14 },
    compact: { width: 156, height: 40, gap: 10 },
    chip: { width: 76, height: 28, gap: 8 },
  },
  groupPadding: 24,
  groupTitle: 34,
  groupGap: 32,
  caption: 56,
  captionWidth: 330,
  aisle: { share: 0.24, least: 176, most: 420 },
  costOf: { columns: 0.1, stacks: 0.3 },
}

const PROJECTOR_CLIENT: Cell = { width: 142, height: 28, gap: 7 }
const PROJECTOR_SERVER: Cell = { width: 152, height: 34, gap: 8 }

/** There are no cards with small print: the compact one has the name and what matters. */
export const PROJECTOR: Spacing = {
  clients: {
    card: PROJECTOR_CLIENT,
    compact: PROJECTOR_CLIENT,
    chip: { width: 74, height: 28, gap: 7 },
  },
  servers: {
    card: PROJECTOR_SERVER,
    compact: PROJECTOR_SERVER,
    chip: { width: 68, height: 32, gap: 8 },
  },
  groupPadding: 10,
  groupTitle: 26,
  groupGap: 20,
  caption: 54,
  aisle: { share: 0, least: 84, most: 300 },
  // Where text has a little more than its least size.
  fillsFrom: 398,
  costOf: { columns: 0.02, stacks: 0.05 },
}

/** The smallest text of names and turns in projector mode (nodes.css, roundabout.css), in flow units. */
export const PROJECTOR_TEXT = 14
