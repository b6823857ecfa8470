// What the class gives to both hosts.
export { createRooms, type Rooms } from './rooms'
