// What the class gives to both hosts.
export type { Opening } from './opening'
export { createRooms, type Rooms } from './rooms'
