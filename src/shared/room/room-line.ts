// A class between the instructor's page and the process behind it. What goes between a room and its viewers is another
// matter (viewer-line.ts).
import * as v from 'valibot'

/** What an operator's page may ask for. */
export const roomRequest = v.variant('kind', [
  /** `state` follows, with the addresses at which a room can be opened. */
  v.strictObject({ kind: v.literal('look') }),
  /** Opens the room to the network at this address of this machine. */
  v.strictObject({ kind: v.literal('open'), address: v.pipe(v.string(), v.maxLength(100)) }),
  v.strictObject({ kind: v.literal('close') }),
])
export type RoomRequest = v.InferOutput<typeof roomRequest>

export interface RoomState {
  /** The addresses at which this machine can be reached, with the names of their interfaces. */
  readonly addresses: readonly { readonly address: string; readonly name: string }[]
  /** Null: the room is closed. */
  readonly open: { readonly url: string; readonly code: string; readonly viewers: number } | null
}

export type RoomUpdate =
  | { readonly kind: 'state'; readonly state: RoomState }
  | { readonly kind: 'refused'; readonly error: string }

/** Checks an update that a host sends to the page. */
export const roomUpdate: v.GenericSchema<unknown, RoomUpdate> = v.variant('kind', [
  v.object({ kind: v.literal('state'), state: v.custom<RoomState>(isObject) }),
  v.object({ kind: v.literal('refused'), error: v.string() }),
])

function isObject(value: unknown): boolean {
  return typeof value === 'object' && value !== null
}

/** One operator's page. */
export interface RoomScreen {
  request(asked: unknown): void
  stop(): void
}

/** Connects a page; `tell` is called at once with the room's state. */
export type ServeRoom = (tell: (update: RoomUpdate) => void) => RoomScreen
