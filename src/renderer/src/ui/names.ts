// The names of things on the screen.
import type { PacketKind } from '../../../shared/events'
import { partsOfNode } from '../../../shared/filter/nodes'
import { shortened } from '../../../shared/format'
import {
  isUnknownProgram,
  machineOf,
  type NodeId,
  PROXY,
  withoutMachine,
} from '../../../shared/ids'
import { readBytes } from '../../../shared/protocol/reading'
import { CLASSIC_POOL } from '../../../shared/scenario'
import type { NodeState, Packet, State } from '../../../shared/state/state'
import { withVisibleControls } from '../../../shared/visible-controls'

const MOST_OF_A_NAME = 40
/** The most characters of a person's name in a list. */
const LONGEST_GROUP = 8

/** `Client 1`, `Server 100`, `Outside server 7`, `Outside client 1 (Ada)`, `Proxy`; also for nodes that have left. */
export function nodeName(state: Pick<State, 'nodes'>, id: NodeId): string {
  const node = state.nodes.get(id)
  return node ? nameOfNode(node) : nameFromId(id)
}

export function nameOfNode({
  id,
  role,
  origin,
  protocolId,
  group,
}: Pick<NodeState, 'id' | 'role' | 'origin' | 'protocolId' | 'group'>): string {
  if (protocolId === undefined) return nameFromId(id, group)
  return withGroup(title(origin === 'outside', role, protocolId), group)
}

/**
 * The name in a list, where the word `outside` would leave no space for the id: `client 79`, `Ada: client 1`, and whether
 * it is an outside one.
 */
export function listName(
  state: Pick<State, 'nodes'>,
  id: NodeId,
): { name: string; outside: boolean } {
  const group = state.nodes.get(id)?.group ?? machineOf(id)
  if (group !== undefined) {
    const { role, id: its } = partsOfNode(id)
    const name = its === undefined ? 'unknown' : `${role} ${withVisibleControls(its)}`
    return { name: `${shortened(group, LONGEST_GROUP)}: ${name}`, outside: true }
  }
  const full = nodeName(state, id)
  if (full === 'Proxy') return { name: 'proxy', outside: false }
  const name = inSentence(full)
  return name.startsWith(OUTSIDE)
    ? { name: name.slice(OUTSIDE.length), outside: true }
    : { name, outside: false }
}

/** The id that a name ends in, and the words before it; undefined if the name has no id. */
export function nameParts(name: string): { words: string; id: string | undefined } {
  const [, words = name, id] = /^((?:outside )?(?:client|server) )(.+)$/is.exec(name) ?? []
  return { words, id }
}

/** The scenario that a lab began with, within a sentence: `the classic pool`, `“Lesson 3”`. */
export function scenarioName(name: State['scenario']): string {
  if (name === null) return 'the beginning'
  return name === CLASSIC_POOL.name ? 'the classic pool' : `“${shortened(name, MOST_OF_A_NAME)}”`
}

function nameFromId(id: NodeId, group = machineOf(id)): string {
  if (id === PROXY) return 'Proxy'
  if (isUnknownProgram(id)) return withGroup('Unknown program', group)
  const [, outside, role = '', protocolId = ''] =
    /^(outside:)?([^:]*):?(.*)$/s.exec(withoutMachine(id)) ?? []
  return withGroup(title(outside !== undefined, role, protocolId), group)
}

/** Adds whose program it is, for a program of the room. */
function withGroup(name: string, group: string | undefined): string {
  return group === undefined ? name : `${name} (${group})`
}

const OUTSIDE = 'outside '

function title(outside: boolean, role: string, protocolId: string): string {
  return titled(`${outside ? OUTSIDE : ''}${role} ${withVisibleControls(protocolId)}`)
}

/** The name at the beginning of a sentence: `The classic pool`. */
export function titled(name: string): string {
  return name.charAt(0).toUpperCase() + name.slice(1)
}

/** The name within a sentence: `client 1`, `the proxy`. */
export function inSentence(name: string): string {
  if (name === 'Proxy') return 'the proxy'
  if (name.startsWith('Unknown program'))
    return `an ${name.charAt(0).toLowerCase()}${name.slice(1)}`
  return name.charAt(0).toLowerCase() + name.slice(1)
}

export const KIND_NAMES: Record<PacketKind, string> = {
  0: 'message',
  1: 'registration',
  2: 'answer',
  error: 'error',
}

export const KIND_TITLES: Record<PacketKind, string> = {
  0: 'Client message',
  1: 'Registration',
  2: 'Answer',
  error: 'Error',
}

/** `“xyz4”`, `registration`, `answer`: a short name of a packet, of at most `longest` characters. */
export function packetInAWord(packet: Packet, longest = 18): string {
  const reading = readBytes(packet.bytes)
  if (reading.kind === 'message' && reading.message.type === 0) {
    return `“${shortened(reading.message.payload, longest)}”`
  }
  return KIND_NAMES[packet.kind]
}
