// Clients that wait: for the answer, and then for as long as a person thinks.
import { exponential, type LoopPattern } from './pattern'

export const CLOSED_LOOP: LoopPattern = {
  kind: 'loop',
  thinkMs: ({ thinkMs, thinking }, random) =>
    thinking === 'constant' ? thinkMs : thinkMs * exponential(random),
}
