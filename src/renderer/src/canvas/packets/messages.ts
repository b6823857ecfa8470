// The messages between the window and the packet worker.
import type { PacketKind } from '../../../../shared/events'
import type { ClockReading } from './clock-reading'
import type { Region } from './region'

/** There are two canvases: one is visible while the other is drawn for another part of the graph. */
export type Surface = 0 | 1

/** Hex colours. */
export interface Palette {
  canvas: string
  accent: string
  packet0: string
  packet1: string
  packet2: string
  packetError: string
  policies: readonly string[]
}

/** A lost packet: its link, and the part of it that it had travelled (0 to 1). */
export interface Loss {
  link: number
  fromProxy: boolean
  fraction: number
  kind: PacketKind
}

export type ToWorker =
  | { type: 'surfaces'; canvases: readonly [OffscreenCanvas, OffscreenCanvas] }
  /** Draws this part of the graph on this canvas too, from now on. */
  | { type: 'show'; surface: Surface; region: Region }
  /** Stops drawing on this canvas. */
  | { type: 'hide'; surface: Surface }
  | { type: 'look'; palette: Palette; reducedMotion: boolean }
  | { type: 'clock'; clock: ClockReading }
  | { type: 'links'; numbers: Float64Array }
  /** Changed slots of the packet table; `all`: every other slot is empty. */
  | { type: 'packets'; changes: Float64Array; all: boolean }
  | { type: 'losses'; losses: readonly Loss[] }
  /** Traffic too fast to be drawn: pairs of a link and the number of packets delivered on it. */
  | { type: 'pulses'; pulses: Uint32Array }
  /** The slot of the selected packet, or -1. */
  | { type: 'select'; slot: number }

/** The canvas has been drawn for the region requested last, and its picture handed to the screen. */
export type FromWorker = { type: 'shown'; surface: Surface }
