// All patterns of traffic, by their names.
import type { PatternName } from '../../../shared/settings/features/traffic'
import { BURSTS } from './bursts'
import { CLOSED_LOOP } from './closed-loop'
import { CONSTANT } from './constant'
import type { Pattern } from './pattern'
import { POISSON } from './poisson'
import { RAMP } from './ramp'
import { REPLAY } from './replay'
import { SINE } from './sine'

export const PATTERNS: Readonly<Record<PatternName, Pattern>> = {
  constant: CONSTANT,
  poisson: POISSON,
  bursts: BURSTS,
  ramp: RAMP,
  sine: SINE,
  'closed-loop': CLOSED_LOOP,
  replay: REPLAY,
}
