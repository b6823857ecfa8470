export { RoomBadge } from './RoomBadge'
export { RoomDialog } from './RoomDialog'
export { startRoom } from './room-state'
export { VotePanel } from './VotePanel'
