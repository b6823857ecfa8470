// Base64 to bytes, by JavaScript's own decoder, which both Node and browsers have.
import type { WireBytes } from '../wire-event'

export function keptBytes({ base64 }: Pick<WireBytes, 'base64'>): Uint8Array {
  return Uint8Array.from(atob(base64), (character) => character.charCodeAt(0))
}
