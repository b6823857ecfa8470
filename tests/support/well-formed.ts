// Calls and commands with nothing wrong in them, for tests of their sender and of the handling of their text.
import type { Command } from '../../src/shared/commands'
import type { ArgumentsOf, Call } from '../../src/shared/contract'

export const WELL_FORMED: { [C in Call]: ArgumentsOf<C> } = {
  command: [{ type: 'sendAll' }],
  subscribe: [],
  acknowledge: [1],
  readRecording: ['session', 0],
  listSessions: [],
  discardSession: ['one'],
  compare: [{}],
  stopComparing: [],
  checkProgram: [{}],
  stopProgramCheck: [],
  lesson: [{ kind: 'list' }],
  openNotes: [],
  room: [{ kind: 'look' }],
  reportProblem: [{ message: 'm', details: 'd' }],
  takeFile: [],
}

/** One well-formed command of each type; `text` stands wherever a command carries text. */
export function wellFormedCommands(text: string): {
  [T in Command['type']]: Extract<Command, { type: T }>
} {
  return {
    addServer: { type: 'addServer', id: '1', policy: '1', port: 1 },
    addClient: { type: 'addClient', id: '1', policy: '1', payload: text },
    updateServer: { type: 'updateServer', node: 'server:1', policy: '1', keepConnection: true },
    updateClient: { type: 'updateClient', node: 'client:1', policy: '1', payload: text },
    removeNode: { type: 'removeNode', node: 'client:nobody' },
    placeNodes: { type: 'placeNodes', places: [{ node: 'proxy', x: 1, y: -2 }], forgotten: [text] },
    clearLeftClients: { type: 'clearLeftClients' },
    updatePool: { type: 'updatePool', policy: '1', algorithm: 'random' },
    swapProxy: { type: 'swapProxy', by: 'running', port: 1 },
    returnProxy: { type: 'returnProxy' },
    look: { type: 'look', pictures: ['1'], others: [] },
    sendMessage: { type: 'sendMessage', client: 'client:1', payload: text, count: 1 },
    answerByHand: { type: 'answerByHand', server: 'server:nobody', exchange: 1, payload: text },
    sendAll: { type: 'sendAll' },
    startTraffic: { type: 'startTraffic', client: 'client:nobody' },
    stopTraffic: { type: 'stopTraffic', client: 'client:nobody' },
    setBookmark: { type: 'setBookmark', caption: text },
    removeBookmark: { type: 'removeBookmark', id: 1 },
    lookBack: { type: 'lookBack', pausesLab: true },
    returnToLive: { type: 'returnToLive' },
    pause: { type: 'pause' },
    resume: { type: 'resume' },
    setSpeed: { type: 'setSpeed', speed: 1 },
    updateLinks: { type: 'updateLinks', latencyMs: 0 },
    step: { type: 'step' },
    stepToDecision: { type: 'stepToDecision' },
    stepToEnd: { type: 'stepToEnd', packet: 1 },
    setBreakpoint: { type: 'setBreakpoint', filter: `payload:${text}`, once: true, enabled: false },
    removeBreakpoint: { type: 'removeBreakpoint', id: 9 },
    setFault: { type: 'setFault', link: 'server:9', fault: 'loss', direction: 'to-client' },
    removeFault: { type: 'removeFault', id: 9 },
    release: { type: 'release', packet: 999_999 },
    releaseAll: { type: 'releaseAll' },
    drop: { type: 'drop', packet: 999_999 },
    sendTwice: { type: 'sendTwice', packet: 999_999 },
    edit: { type: 'edit', packet: 999_999, bytes: Buffer.from(text).toString('base64') },
    undo: { type: 'undo' },
    redo: { type: 'redo', change: 999_999 },
    updateCompare: {
      type: 'updateCompare',
      compare: ['One', 'Other'].map((name) => ({ name, pools: [{ policy: '1' }] })),
    },
    reset: { type: 'reset' },
    newSession: { type: 'newSession', pool: 'asItIs' },
    openScenario: {
      type: 'openScenario',
      scenario: {
        name: 'Marked',
        servers: [{ id: '1', policy: '1' }],
        clients: [{ id: '1', policy: '1', payload: text }],
        breakpoints: [{ filter: `payload:${text}`, enabled: false }],
      },
    },
  }
}
