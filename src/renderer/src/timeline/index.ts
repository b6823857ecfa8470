// What the timeline gives to the shell.
export { PastBand } from './PastBand'
export { PausedBand } from './PausedBand'
export { Timeline } from './Timeline'
export { formatMoment, spokenPlace } from './words'
