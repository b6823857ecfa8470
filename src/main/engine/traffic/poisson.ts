// Messages that know nothing of one another: the times between them are exponential.
import { CONSTANT } from './constant'
import { exponential, type RatePattern } from './pattern'

export const POISSON: RatePattern = {
  ...CONSTANT,
  gap: (_, random) => exponential(random),
}
