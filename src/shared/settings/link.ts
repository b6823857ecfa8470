// The settings of the links. All links share them.
import type { SettledOf } from './derive'
import { duration } from './setting'

export const LINK_SETTINGS = {
  latencyMs: duration({
    default: 600,
    min: 0,
    max: 60_000,
    label: 'Latency',
    help: 'For how long a link holds each packet, in simulated time.',
  }),
}

export type LinkValues = SettledOf<typeof LINK_SETTINGS>
