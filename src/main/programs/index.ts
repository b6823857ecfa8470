// Programs that are not Roundabout's own, this folder's one public file: started by their commands, watched, and ended with
// all that they started.
export { lastException } from '../../shared/last-words'
export { commandFault, commandPlaces, type ProgramKind } from '../../shared/program-command'
export { freePort, listening } from './ports'
export type { OutputLine, ProgramEnd } from './program'
export { proxyPrograms } from './proxies'
export { isOffline, ranOffline, sandboxFault } from './sandbox'
export {
  type ProgramSource,
  type ProgramWatcher,
  programByCommand,
  proxyAtPort,
  proxyByCommand,
  type RunningProgram,
  type StartProgram,
  type StartProxy,
} from './start-program'
