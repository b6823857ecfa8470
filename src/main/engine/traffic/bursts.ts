// Several messages at one moment, and then none for as long as the rate asks for.
import { CONSTANT } from './constant'
import type { RatePattern } from './pattern'

export const BURSTS: RatePattern = {
  ...CONSTANT,
  gap: ({ burst }) => burst,
  atOnce: ({ burst }) => burst,
}
