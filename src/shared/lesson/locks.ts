// What a step of a lesson can lock, so that nobody changes it by accident while the lesson needs it.
import type { CommandType } from '../commands'

/** Each lock, the commands that it refuses, and the words for what it keeps. */
export const LOCKS = {
  servers: {
    commands: ['addServer', 'updateServer', 'removeNode'],
    words: 'the servers',
  },
  clients: {
    commands: ['addClient', 'updateClient', 'removeNode', 'clearLeftClients'],
    words: 'the clients',
  },
  pools: { commands: ['updatePool', 'updateCompare'], words: 'the settings of the policies' },
  links: { commands: ['updateLinks', 'setFault', 'removeFault'], words: 'the links' },
  proxy: { commands: ['swapProxy', 'returnProxy'], words: 'the proxy' },
  sending: {
    commands: ['sendMessage', 'sendAll', 'startTraffic', 'stopTraffic'],
    words: 'what the clients send',
  },
  packets: {
    commands: [
      'release',
      'releaseAll',
      'drop',
      'sendTwice',
      'edit',
      'setBreakpoint',
      'removeBreakpoint',
    ],
    words: 'the packets',
  },
  time: {
    commands: ['pause', 'resume', 'step', 'stepToDecision', 'stepToEnd', 'setSpeed'],
    words: 'the time',
  },
  scenario: {
    commands: ['reset', 'openScenario', 'newSession', 'undo', 'redo'],
    words: 'the scenario',
  },
} as const satisfies Record<string, { commands: readonly CommandType[]; words: string }>

export type Lock = keyof typeof LOCKS
export const LOCK_NAMES = Object.keys(LOCKS) as readonly Lock[]
