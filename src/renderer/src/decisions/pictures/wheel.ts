// HAProxy's round-robin: the positions of its wheel until the server is due again.
import { picture, type StripPiece } from './picture'

/** More positions have no room. */
const MOST_POSITIONS = 12

export const wheel = picture('haproxy-round-robin', {
  weighted: true,
  draw({ position, again }, { server }) {
    const left = again - position
    if (server === null || left < 1 || left >= MOST_POSITIONS) return undefined
    const pieces = Array.from({ length: left + 1 }, (_, index): StripPiece => {
      const isOwn = index === 0 || index === left
      return {
        server: isOwn ? server : '',
        from: index / (left + 1),
        to: (index + 1) / (left + 1),
        part: index === 0 ? 'chosen' : 'other',
      }
    })
    const at = 0.5 / (left + 1)
    const words = `due again in ${left} ${left === 1 ? 'position' : 'positions'}`
    return { kind: 'strip', pieces, at, to: 1 - at, words }
  },
})
