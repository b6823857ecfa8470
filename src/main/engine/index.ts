// The engine's one public file: everything that simulates, without Electron and without a screen.
export type { CommandRule } from './commands/rule'
export { createEngine, type Engine, type EngineOptions } from './engine'
export type { GuestDoor } from './guest-door'
export type { GuestRules, MachineLimits } from './guests/guests'
export {
  type LoneClient,
  type LoneServer,
  startLoneClient,
  startLoneServer,
} from './lone-program'
export { createMemoryLab, type MemoryLab, type MemoryLabOptions } from './memory-lab'
export type { Screen } from './screens'
export type { Feed } from './story/feed'
