// What holding packets gives to other features.
export { BreakpointsMenu } from './BreakpointsMenu'
export { HeldPacket } from './HeldPacket'
export { type HoldMark, useHoldMark } from './marks'
