// What a step of a lesson can lock, so that nobody changes it by accident while the lesson needs it.
import type { CommandType } from '../commands'
import { partsOfNode } from '../filter/nodes'
import type { NodeId } from '../ids'

/** Each lock, the commands that it refuses, the words for what it keeps, and what is said to somebody whom it refuses. */
const LOCKS = {
  servers: {
    commands: ['addServer', 'updateServer', 'removeNode'],
    words: 'the servers',
    refusal: 'The lesson keeps the servers as they are in this step.',
  },
  clients: {
    commands: ['addClient', 'updateClient', 'removeNode', 'clearLeftClients'],
    words: 'the clients',
    refusal: 'The lesson keeps the clients as they are in this step.',
  },
  pools: {
    commands: ['updatePool', 'updateCompare'],
    words: 'the settings of the policies',
    refusal: 'The lesson keeps the settings of the policies in this step.',
  },
  links: {
    commands: ['updateLinks', 'setFault', 'removeFault'],
    words: 'the links',
    refusal: 'The lesson keeps the links as they are in this step.',
  },
  proxy: {
    commands: ['swapProxy', 'returnProxy'],
    words: 'the proxy',
    refusal: 'The lesson keeps the proxy as it is in this step.',
  },
  sending: {
    commands: ['sendMessage', 'sendAll', 'startTraffic', 'stopTraffic'],
    words: 'what the clients send',
    refusal: 'The lesson decides what the clients send in this step.',
  },
  answering: {
    commands: ['answerByHand'],
    words: 'what people answer for servers',
    refusal: 'In this step of the lesson nobody answers for a server.',
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
    refusal: 'The lesson keeps the packets as they are in this step.',
  },
  time: {
    commands: ['pause', 'resume', 'step', 'stepToDecision', 'stepToEnd', 'setSpeed'],
    words: 'the time',
    refusal: 'The lesson lets time run and stand still in this step.',
  },
  scenario: {
    commands: ['reset', 'openScenario', 'newSession', 'undo', 'redo'],
    words: 'the scenario',
    refusal: 'The lesson keeps its scenario in this step.',
  },
} as const satisfies Record<
  string,
  { commands: readonly CommandType[]; words: string; refusal: string }
>

export type Lock = keyof typeof LOCKS
export const LOCK_NAMES = Object.keys(LOCKS) as readonly Lock[]

/** Why these locks refuse the command, about this node, as a sentence; undefined: they do not. */
export function lockRefusal(
  locks: readonly Lock[],
  { type, node }: { readonly type: CommandType; readonly node?: NodeId | undefined },
): string | undefined {
  const found = locks.find((lock) => {
    const commands: readonly CommandType[] = LOCKS[lock].commands
    return commands.includes(type) && isAbout(lock, type, node)
  })
  return found && LOCKS[found].refusal
}

/** A node is removed by one command, whatever it is. */
function isAbout(lock: Lock, type: CommandType, node: NodeId | undefined): boolean {
  if (type !== 'removeNode' || node === undefined) return true
  const { role } = partsOfNode(node)
  return lock === (role === 'client' ? 'clients' : 'servers')
}
