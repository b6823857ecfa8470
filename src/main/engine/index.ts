// The engine's one public file: everything that simulates, without Electron and without a screen.
export { createEngine, type Engine, type EngineOptions } from './engine'
export type { Screen } from './screens'
export type { Feed } from './story/feed'
