// What the timeline gives to the shell.
export { PastBand } from './PastBand'
export { Timeline } from './Timeline'
export { spokenPlace } from './words'
