// The settings of the links. All links share them.
import type { SettledOf } from './derive'
import { number } from './setting'

export const LINK_SETTINGS = {
  latencyMs: number({
    default: 600,
    min: 0,
    max: 60_000,
    unit: 'ms',
    label: 'Latency',
    help: 'For how long a link holds each packet, in simulated time.',
  }),
}

export type LinkValues = SettledOf<typeof LINK_SETTINGS>
