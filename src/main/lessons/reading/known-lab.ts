// What is known of a step's lab from the lesson alone: the servers, clients and policies that it may have, and how many
// messages may have been sent in it. It is never less than what there is in the end, so that what is missing here is missing there.
import type { Ask, Lesson, Setup, Step } from '../../../shared/lesson/lesson'
import type { Lock } from '../../../shared/lesson/locks'
import type { Scenario } from '../../../shared/scenario'

type Commands = NonNullable<Setup['commands']>

/** What a person must not touch, so that nobody is added and nothing is sent beside what the lesson does. */
const ADDING: readonly Lock[] = ['servers', 'clients', 'packets']
const SENDING: readonly Lock[] = ['sending', 'packets', 'links']

export interface KnownLab {
  /** The file of its scenario. */
  readonly name: string
  readonly servers: ReadonlySet<string>
  readonly clients: ReadonlySet<string>
  readonly policies: ReadonlySet<string>
  /** Those that have a server. */
  readonly served: ReadonlySet<string>
  /** Messages of clients so far; infinite where nobody can tell. */
  readonly messages: number
  /** Nobody can add anything while the step is open. */
  readonly isKept: boolean
}

/**
 * The lab of each step, with what its own commands make of it; undefined where a person or a program may have changed it before.
 */
export function knownLabs({ scenarios, steps }: Pick<Lesson, 'scenarios' | 'steps'>) {
  // The program that a student writes chooses its own ids.
  if (steps.some(({ asks }) => asks.kind === 'task' && asks.check !== undefined)) return []
  let lab: KnownLab | undefined
  return steps.map((step): KnownLab | undefined => {
    const { setup, asks } = step
    const scenario = setup.scenario === undefined ? undefined : scenarios.get(setup.scenario)
    if (scenario !== undefined) lab = opened(setup.scenario ?? '', scenario)
    if (setup.proxy !== undefined) lab = undefined
    lab = lab && after(lab, setup.commands ?? [])
    if (asks.kind === 'ask') lab = lab && after(lab, commandsOf(asks))
    const isKept = isLocked(step, ADDING)
    const isOpen = !isLocked(step, SENDING)
    const known = lab && { ...lab, isKept, ...(isOpen && { messages: Infinity }) }
    lab = isKept ? known : undefined
    return known
  })
}

function isLocked({ setup }: Pick<Step, 'setup'>, locks: readonly Lock[]): boolean {
  return locks.every((lock) => setup.lock?.includes(lock) === true)
}

function opened(name: string, scenario: Scenario): KnownLab {
  const { servers, clients, pools = [], faults = [] } = scenario
  const sendsByItself = clients.some(({ traffic }) => traffic !== undefined && traffic !== 'off')
  return {
    name,
    servers: new Set(servers.map(({ id }) => id)),
    clients: new Set(clients.map(({ id }) => id)),
    policies: new Set([...servers, ...clients, ...pools].map(({ policy }) => policy)),
    served: new Set(servers.map(({ policy }) => policy)),
    isKept: false,
    messages: sendsByItself || faults.length > 0 ? Infinity : 0,
  }
}

/** The question's, with the message that its gate has sent. */
function commandsOf({ gate, commands = [] }: Ask): Commands {
  return gate?.send === undefined ? commands : [{ type: 'sendMessage' }, ...commands]
}

/** Undefined: one of them makes something that cannot be told. */
function after(lab: KnownLab, commands: Commands): KnownLab | undefined {
  let { messages } = lab
  const servers = new Set(lab.servers)
  const clients = new Set(lab.clients)
  const policies = new Set(lab.policies)
  const served = new Set(lab.served)
  for (const { type, id, policy, count } of commands) {
    if (policy !== undefined) {
      policies.add(String(policy))
      if (type.endsWith('Server')) served.add(String(policy))
    }
    switch (type) {
      case 'addServer':
      case 'addClient': {
        // The engine chooses what is left out.
        if (id === undefined || policy === undefined) return undefined
        const ids = type === 'addServer' ? servers : clients
        ids.add(String(id))
        break
      }
      case 'updateServer':
      case 'updateClient':
        if (id !== undefined) return undefined
        break
      case 'undo':
      case 'redo':
      case 'swapProxy':
        return undefined
      case 'sendMessage':
        messages += typeof count === 'number' ? count : 1
        break
      case 'sendAll':
        messages += clients.size
        break
      case 'startTraffic':
      case 'setFault':
      case 'sendTwice':
        messages = Infinity
        break
      case 'edit':
        return undefined
    }
  }
  return { ...lab, servers, clients, policies, served, messages }
}
