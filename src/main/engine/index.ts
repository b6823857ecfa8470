// The engine's one public file: everything that simulates, without Electron and without a screen.
export { createEngine, type Engine, type EngineOptions, type Screen } from './engine'
export type { Feed } from './story/feed'
