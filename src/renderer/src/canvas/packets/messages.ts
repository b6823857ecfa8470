// What the window and the packet worker say to one another.
import type { PacketKind } from '../../../../shared/events'
import type { ClockReading } from './clock-reading'
import type { Region } from './region'

/** There are two canvases: one is seen while the other is got ready for another part of the graph. */
export type Surface = 0 | 1

/** Hex colours. */
export interface Palette {
  canvas: string
  accent: string
  packet0: string
  packet1: string
  packet2: string
  packetError: string
}

/** A packet that was lost: on which link, and how far it had come (0 to 1). */
export interface Loss {
  link: number
  fromProxy: boolean
  fraction: number
  kind: PacketKind
}

export type ToWorker =
  | { type: 'surfaces'; canvases: readonly [OffscreenCanvas, OffscreenCanvas] }
  /** Draw this part of the graph on this canvas too, from now on. */
  | { type: 'show'; surface: Surface; region: Region }
  /** Draw on this canvas no longer. */
  | { type: 'hide'; surface: Surface }
  | { type: 'look'; palette: Palette; reducedMotion: boolean }
  | { type: 'clock'; clock: ClockReading }
  | { type: 'links'; numbers: Float64Array }
  /** Changed slots of the packet table; `all`: these are all there are. */
  | { type: 'packets'; changes: Float64Array; all: boolean }
  | { type: 'losses'; losses: readonly Loss[] }
  /** Traffic too quick to be drawn: pairs of link and number of packets delivered. */
  | { type: 'pulses'; pulses: Uint32Array }
  /** The slot of the selected packet, or -1. */
  | { type: 'select'; slot: number }

/** The canvas has been drawn for the part last asked for, and the picture handed to the screen. */
export type FromWorker = { type: 'shown'; surface: Surface }
