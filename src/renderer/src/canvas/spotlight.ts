// What a step of a lesson or the presenter points at: these parts of the graph stay as they are, the others are dimmed. The
// presenter's spotlight takes the place of the lesson's.
import { useMemo } from 'react'
import { type NodeId, type PacketId, PROXY, type ProtocolId } from '../../../shared/ids'
import type { LessonView } from '../../../shared/lesson/lesson-line'
import type { Spotlight } from '../../../shared/lesson/spotlight'
import type { SpotlightTarget } from '../../../shared/spotlight-target'
import type { State } from '../../../shared/state/state'
import { useUi } from '../choices/ui'
import { useLesson } from '../lab/lesson'
import { usePaced } from '../lab/paced'
import type { Lit } from './lit'
import { litTargetSelector } from './lit-target'

type Source = Pick<State, 'nodes' | 'inFlight'>

/** Undefined: nothing is dimmed. `held`: the packet that waits for an answer. */
export function litBy(
  spotlight: readonly Spotlight[],
  held: PacketId | null,
  { nodes, inFlight }: Source,
): Lit | undefined {
  if (spotlight.length === 0) return undefined
  const lit = {
    nodes: new Set<NodeId>(),
    links: new Set<NodeId>(),
    boxes: new Set<ProtocolId>(),
  }
  const rings = new Set<ProtocolId>()
  let packet: PacketId | undefined
  let isProxyNamed = false
  const find = (role: 'server' | 'client', id: ProtocolId) =>
    [...nodes.values()].filter((node) => node.role === role && node.protocolId === id)
  for (const one of spotlight) {
    switch (one.kind) {
      case 'proxy':
        isProxyNamed = true
        lit.nodes.add(PROXY)
        break
      case 'server':
      case 'client':
        for (const { id, role, policy } of find(one.kind, one.id)) {
          lit.nodes.add(id)
          lit.links.add(id)
          if (role === 'server' && policy !== undefined) lit.boxes.add(policy)
        }
        break
      case 'link':
        for (const { id } of find(one.of, one.id)) lit.links.add(id)
        break
      case 'ring':
        lit.nodes.add(PROXY)
        rings.add(one.policy)
        break
      case 'pool':
        lit.boxes.add(one.policy)
        for (const { id, role, policy } of nodes.values()) {
          if (role === 'server' && policy === one.policy) lit.nodes.add(id)
        }
        break
      case 'packet': {
        const found = held === null ? undefined : inFlight.get(held)
        if (found === undefined) break
        packet = found.id
        lit.links.add(found.from === PROXY ? found.to : found.from)
      }
    }
  }
  return { ...lit, rings: isProxyNamed && rings.size === 0 ? 'all' : rings, packet }
}

const NONE: readonly Spotlight[] = []

/** The packet that waits for the person's answer. */
export function heldPacket(view: LessonView | null): PacketId | null {
  return view?.gate.kind === 'ask' && view.gate.answer === null ? view.gate.held : null
}

/** A selector that returns the same value while the same nodes are in the lab and the same packet is held. */
function litSelector(spotlight: readonly Spotlight[], held: PacketId | null) {
  let nodes: Source['nodes'] | undefined
  let isHeld: boolean | undefined
  let lit: Lit | undefined
  return (state: Source) => {
    const isHeldNow = held !== null && state.inFlight.has(held)
    if (state.nodes === nodes && isHeldNow === isHeld) return lit
    nodes = state.nodes
    isHeld = isHeldNow
    lit = litBy(spotlight, held, state)
    return lit
  }
}

let current: {
  spotlight: readonly Spotlight[]
  held: PacketId | null
  select: ReturnType<typeof litSelector>
} = {
  spotlight: NONE,
  held: null,
  select: litSelector(NONE, null),
}

function selectorFor(spotlight: readonly Spotlight[], held: PacketId | null) {
  if (current.spotlight !== spotlight || current.held !== held) {
    current = { spotlight, held, select: litSelector(spotlight, held) }
  }
  return current.select
}

let ofPresenter:
  | { target: SpotlightTarget; select: ReturnType<typeof litTargetSelector> }
  | undefined

function targetSelectorFor(target: SpotlightTarget) {
  if (ofPresenter?.target !== target) ofPresenter = { target, select: litTargetSelector(target) }
  return ofPresenter.select
}

/** Whether the spotlight leaves something out. `isLit` is not called while there is no spotlight. */
export function useUnlit(isLit: (lit: Lit) => boolean): boolean {
  const target = useUi((ui) => ui.spotlight)
  const spotlight = useLesson(({ view }) => view?.spotlight ?? NONE)
  const held = useLesson(({ view }) => heldPacket(view))
  const select = useMemo(
    () => (target === null ? selectorFor(spotlight, held) : targetSelectorFor(target)),
    [target, spotlight, held],
  )
  return usePaced((state) => {
    const lit = select(state)
    return lit !== undefined && !isLit(lit)
  })
}

export function useIsRingUnlit(policy: ProtocolId): boolean {
  return useUnlit(({ rings }) => rings === 'all' || rings.has(policy))
}

export function useHasSpotlight(): boolean {
  const isPresented = useUi((ui) => ui.spotlight !== null)
  const isOfLesson = useLesson(({ view }) => view !== null && view.spotlight.length > 0)
  return isPresented || isOfLesson
}
