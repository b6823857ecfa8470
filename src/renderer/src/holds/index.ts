// What holding packets gives to other features.
export { BreakpointsMenu } from './BreakpointsMenu'
export { type HoldMark, useHoldMark } from './marks'
