// What other features use of holding packets.
export { BreakpointsMenu } from './BreakpointsMenu'
export { HeldPacketView } from './HeldPacketView'
export { type HoldMark, useHoldMark } from './marks'
