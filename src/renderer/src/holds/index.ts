// What other features use of holding packets.
export { BreakpointsMenu } from './BreakpointsMenu'
export { HeldPacket } from './HeldPacket'
export { type HoldMark, useHoldMark } from './marks'
