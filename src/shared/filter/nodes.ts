// Nodes by the names that people write: `300`, `server 300`, `outside server 7`, `proxy`, or their
// own id.
import {
  isUnknownProgram,
  type NodeId,
  PROXY,
  type ProtocolId,
  type Role,
  withoutMachine,
} from '../ids'

interface NodeParts {
  outside: boolean
  role: Role
  /** Undefined for the proxy and for an unknown program. */
  id: ProtocolId | undefined
}

const PROXY_PARTS: NodeParts = { outside: false, role: 'proxy', id: undefined }
const UNKNOWN_PARTS: NodeParts = { outside: true, role: 'unknown', id: undefined }

const OUTSIDE = 'outside:'
const SERVER = 'server:'
const CLIENT = 'client:'

/** Splits a node's id into its parts; an id of any other form is an unknown program's. */
export function partsOfNode(given: NodeId): NodeParts {
  if (given === PROXY) return PROXY_PARTS
  const node = withoutMachine(given)
  const outside = isOutsideNode(node)
  const from = outside ? OUTSIDE.length : 0
  if (node.startsWith(SERVER, from)) {
    return { outside, role: 'server', id: node.slice(from + SERVER.length) }
  }
  if (node.startsWith(CLIENT, from)) {
    return { outside, role: 'client', id: node.slice(from + CLIENT.length) }
  }
  return UNKNOWN_PARTS
}

export function isOutsideNode(node: NodeId): boolean {
  return node.startsWith(OUTSIDE)
}

/** Returns a test for the nodes that `text` names. */
export function nodeTest(text: string): (node: NodeId) => boolean {
  const name = text.trim()
  const words = name.toLowerCase()
  if (words === 'proxy' || words === 'the proxy') return (node) => node === PROXY
  if (words === 'unknown' || words === 'unknown program') return isUnknownProgram
  // Untrimmed: an outside program's id may begin or end with a space.
  if (/^(outside:(\[[^\]]+\])?)?(server|client):/.test(text) || isUnknownProgram(text)) {
    return (node) => node === text
  }
  const [, origin, role, id] =
    /^(?:(inside|outside)(?:\s+|$))?(?:(server|client)s?(?:\s+|$))?(.*)$/is.exec(name) ?? []
  const wanted = {
    outside: origin === undefined ? undefined : origin.toLowerCase() === 'outside',
    role: role?.toLowerCase(),
    id: id === '' ? undefined : id,
  }
  return (node) => {
    const parts = partsOfNode(node)
    return (
      (wanted.outside === undefined || wanted.outside === parts.outside) &&
      (wanted.role === undefined || wanted.role === parts.role) &&
      (wanted.id === undefined || wanted.id === parts.id)
    )
  }
}
