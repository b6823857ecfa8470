// The settings of the links. All links share them.
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
