// What the presenter's own spotlight leaves lit. It follows a message from link to link.
import { type PacketId, PROXY, type ProtocolId } from '../../../shared/ids'
import type { SpotlightTarget } from '../../../shared/spotlight-target'
import { isOfMessage, messageNow, questionOf } from '../../../shared/state/message-now'
import type { State } from '../../../shared/state/state'
import type { Lit } from './lit'

type Source = Pick<State, 'nodes' | 'inFlight' | 'packets'>

const NOTHING: Lit = {
  nodes: new Set(),
  links: new Set(),
  rings: new Set(),
  boxes: new Set(),
  packet: undefined,
}

/** Undefined: it is not in the lab any more, and nothing is dimmed. */
export function litByTarget(target: SpotlightTarget, state: Source): Lit | undefined {
  const { nodes } = state
  switch (target.kind) {
    case 'node': {
      if (target.id === PROXY) return { ...NOTHING, nodes: new Set([PROXY]), rings: 'all' }
      const node = nodes.get(target.id)
      if (node === undefined) return undefined
      const { id, role, policy } = node
      const boxes = new Set(role === 'server' && policy !== undefined ? [policy] : [])
      return { ...NOTHING, nodes: new Set([id]), links: new Set([id]), boxes }
    }
    case 'link':
      return nodes.has(target.id) ? { ...NOTHING, links: new Set([target.id]) } : undefined
    case 'policy': {
      const servers = [...nodes.values()].filter(
        ({ role, policy }) => role === 'server' && policy === target.id,
      )
      const ids = servers.map(({ id }) => id)
      const policy = new Set<ProtocolId>([target.id])
      return {
        ...NOTHING,
        nodes: new Set([PROXY, ...ids]),
        links: new Set(ids),
        rings: policy,
        boxes: policy,
      }
    }
    case 'packet': {
      const packet = messageNow(target.id, state)
      if (packet === undefined) return undefined
      const { id, from, to } = packet
      const policy = questionOf(packet, state)?.decision?.policy
      return {
        ...NOTHING,
        nodes: new Set([from, to]),
        links: new Set([from === PROXY ? to : from]),
        rings: new Set(policy === undefined ? [] : [policy]),
        packet: id,
      }
    }
  }
}

/** A selector that returns the same value while the same is lit. */
export function litTargetSelector(target: SpotlightTarget): (state: Source) => Lit | undefined {
  let last: readonly unknown[] = []
  let lit: Lit | undefined
  return (state) => {
    const packet = target.kind === 'packet' ? messageNow(target.id, state) : undefined
    const decision = packet && questionOf(packet, state)?.decision
    const now = [state.nodes, packet?.id, decision?.policy]
    if (last.length > 0 && now.every((part, index) => part === last[index])) return lit
    last = now
    lit = litByTarget(target, state)
    return lit
  }
}

/** Which packets are drawn faintly: those on links that are not lit or, of a message, those of others. */
export function faintBeside(
  target: SpotlightTarget,
  stateNow: () => Source,
): (packet: PacketId) => boolean {
  const select = litTargetSelector(target)
  return (id) => {
    const state = stateNow()
    const packet = state.inFlight.get(id)
    const lit = select(state)
    if (packet === undefined || lit === undefined) return false
    if (target.kind !== 'packet') {
      return !lit.links.has(packet.from === PROXY ? packet.to : packet.from)
    }
    const meant = state.inFlight.get(target.id) ?? state.packets.at(target.id - 1)
    return meant === undefined || !isOfMessage(packet, meant)
  }
}
