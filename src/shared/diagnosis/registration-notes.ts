// What is odd about a registration, beside the table that it changes: sentences for the error answer, the log and the
// author of the program.
import { isSameMachine } from '../addresses'
import type { Row } from '../events'
import { counted } from '../format'
import { isOutside, type NodeId, PROXY, type ProtocolId } from '../ids'
import { visibly } from '../visible-controls'

type Registered = Omit<Row, 'health'>

/** The inside node that listens on a port, or the host that serves the app's page. */
export type PortOwner = NodeId | 'web host'

export function portOfAppWords(port: number, owner: PortOwner): string {
  return `Port ${port} is ${ownerName(owner)}: register the port that your own program listens on.`
}

/** `why`: a sentence. */
export function refusedRegistrationWords(
  server: ProtocolId,
  policy: ProtocolId,
  why: string,
): string {
  return visibly`The registration of server ${server} for policy ${policy} was refused. ${why}`
}

function ownerName(owner: PortOwner): string {
  if (owner === PROXY) return 'the proxy’s own'
  if (owner === 'web host') return 'the one on which Roundabout serves its page to browsers'
  return visibly`that of ${owner.replace(':', ' ')} of this lab`
}

/** A warning, and the nodes that it concerns. */
export interface RegistrationNote {
  readonly text: string
  readonly nodes: readonly NodeId[]
}

/** `before`: the row that this id had. `others`: all other rows. */
export function notesOnRegistration(
  row: Registered,
  before: Registered | undefined,
  others: Iterable<Registered>,
): RegistrationNote[] {
  const notes = before === undefined ? [] : changesOf(row, before)
  const [first, ...more] = [...others].filter((other) => isSameEndpoint(row, other))
  if (first === undefined) return notes
  const also = more.length === 0 ? '' : ` (and ${counted(more.length, 'other server')})`
  const text = visibly`Server ${row.server} has registered port ${row.listenPort}, which server ${first.server}${also} has registered too: one program gets the messages of both. Each server needs a port of its own.`
  // Not all of them: a thousand servers on one port are a million lines.
  return [...notes, { text, nodes: [row.node, first.node] }]
}

function changesOf(row: Registered, before: Registered): RegistrationNote[] {
  if (row.node !== before.node) return [takeover(row, before)]
  const changes: string[] = []
  if (row.policy !== before.policy)
    changes.push(visibly`policy ${row.policy}, before ${before.policy}`)
  if (!isSameEndpoint(row, before)) changes.push(`${endpoint(row)}, before ${endpoint(before)}`)
  // An inside server changes only when a person edits it.
  if (changes.length === 0 || !isOutside(row.node)) return []
  const text = visibly`Server ${row.server} has registered again, now with ${changes.join(', and with ')}. Was it started anew? If two programs have the id ${row.server}, give one of them another id.`
  return [{ text, nodes: [row.node] }]
}

function takeover(row: Registered, before: Registered): RegistrationNote {
  const { server } = row
  const text = visibly`${whose(row)} has taken over the id ${server} from ${inSentence(whose(before))}, which gets no messages any more. Give one of them another id.`
  return { text, nodes: [row.node, before.node] }
}

function whose({ node, listenPort, server }: Registered): string {
  const who = isOutside(node) ? 'An outside program' : visibly`The lab’s own server ${server}`
  return `${who} (port ${listenPort})`
}

function inSentence(name: string): string {
  return name.charAt(0).toLowerCase() + name.slice(1)
}

function endpoint({ address, listenPort }: Registered): string {
  return `port ${listenPort} at ${address}`
}

function isSameEndpoint(one: Registered, other: Registered): boolean {
  return one.listenPort === other.listenPort && isSameMachine(one.address, other.address)
}
