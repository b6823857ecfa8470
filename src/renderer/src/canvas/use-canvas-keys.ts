// The canvas's keys: arrows move to the nearest node, and between the proxy and a node over its link; Enter selects it
// (and then moves to its tools), Delete removes it, H holds its next packet. On a link, Enter and H hold its next packet, the
// arrows move to its ends, and Delete says that a link cannot be removed. Tab is left to the browser. On a policy's box, Enter
// selects the policy and then opens its menu of algorithms. After a removal, the node that gets the focus is not removed by the
// same key pressed again: it has to be chosen first, by any other key or the pointer.

import { type KeyboardEvent, type RefObject, useCallback, useEffect, useRef } from 'react'
import { type NodeId, PROXY, type ProtocolId } from '../../../shared/ids'
import { visibly } from '../../../shared/visible-controls'
import { removeNode } from '../actions/actions'
import { provideCanvasActions } from '../actions/canvas-actions'
import { refused } from '../actions/refusal'
import { useUi } from '../choices/ui'
import { useLab } from '../lab/lab'
import { inSentence, nodeName } from '../ui/names'
import { chooseOrSelect, holdOrOpen } from './choose-server'
import { linkId, nodeOfLink } from './flow'
import { centreOf, type Rect } from './geometry'
import { type GraphLayout, rectOf } from './graph-layout'
import { machineOfGroup } from './groups'
import { type Direction, nearestInDirection } from './nearest'
import type { PolicyBox } from './policy-boxes'

const DIRECTIONS: Record<string, Direction> = {
  ArrowLeft: 'left',
  ArrowRight: 'right',
  ArrowUp: 'up',
  ArrowDown: 'down',
}

const SIDEWAYS: ReadonlySet<Direction> = new Set(['left', 'right'])

interface Canvas {
  layout: GraphLayout
  reveal(node: NodeId): void
  /** Opens the menu of algorithms at the element. */
  openMenu(element: Element, policy: ProtocolId): void
}

export function useCanvasKeys(
  frame: RefObject<HTMLElement | null>,
  { layout, reveal, openMenu }: Canvas,
) {
  const latestLayout = useRef(layout)
  latestLayout.current = layout
  /** Has the focus because the node beside it was removed. */
  const notChosen = useRef<NodeId>(undefined)

  const focusNode = useCallback(
    (node: NodeId) => {
      const element = frame.current?.querySelector<HTMLElement>(
        `.react-flow__node[data-id="${CSS.escape(node)}"]`,
      )
      element?.focus({ preventScroll: true })
      reveal(node)
    },
    [frame, reveal],
  )

  useEffect(
    () =>
      provideCanvasActions({
        focusNode,
        focusPolicy(policy) {
          const box = latestLayout.current.boxes.find((one) => one.policy === policy)
          if (box !== undefined) focusNode(box.id)
        },
        focusBeside(node) {
          const next = nodeBeside(latestLayout.current, node)
          if (next !== undefined) focusNode(next)
          notChosen.current = next
        },
      }),
    [focusNode],
  )

  /** Returns whether the key means something on the link of this node. */
  const actOnLink = useCallback(
    (key: string, node: NodeId): boolean => {
      const { current: now } = latestLayout
      const direction = DIRECTIONS[key]
      if (direction) {
        const next = beyondLink(now, node, direction)
        if (next?.kind === 'node') focusNode(next.node)
        else if (next) focusLink(frame.current, next.node)
      } else if (key === 'Enter' || key.toLowerCase() === 'h') {
        holdOrOpen(node)
      } else if (isRemoval(key)) {
        // Elsewhere it removes the selected node, which may be any other.
        const name = inSentence(nodeName(useLab.getState().state, node))
        useUi.getState().notify('info', `A link is removed with its node: ${name}.`)
      } else {
        return false
      }
      return true
    },
    [frame, focusNode],
  )

  /** Returns whether the key means something on the box of this policy. */
  const actOnBox = useCallback(
    (key: string, { policy, members }: PolicyBox, element: Element): boolean => {
      const { selection, select, notify } = useUi.getState()
      const [first] = members
      if (key === 'Enter') {
        if (selection?.kind === 'policy' && selection.id === policy) openMenu(element, policy)
        else select({ kind: 'policy', id: policy })
      } else if (DIRECTIONS[key] && first !== undefined) {
        focusNode(first)
      } else if (isRemoval(key)) {
        notify('info', visibly`Policy ${policy} is removed with its last server.`)
      } else {
        return false
      }
      return true
    },
    [focusNode, openMenu],
  )

  const onKeyDown = useCallback(
    (event: KeyboardEvent) => {
      if (event.ctrlKey || event.metaKey || event.altKey) return
      if (!isRemoval(event.key)) notChosen.current = undefined
      const link = focusedLink(event.target)
      if (link !== undefined && !event.defaultPrevented) {
        if (!actOnLink(event.key, link)) return
        event.preventDefault()
        event.stopPropagation()
        return
      }
      const node = focusedNode(event.target)
      if (node === undefined) return
      const box = latestLayout.current.boxes.find(({ id }) => id === node)
      if (box && event.target instanceof Element) {
        if (!actOnBox(event.key, box, event.target)) return
        event.preventDefault()
        event.stopPropagation()
        return
      }
      const { selection } = useUi.getState()
      const direction = DIRECTIONS[event.key]
      if (direction) {
        const next = neighbour(latestLayout.current, node, direction)
        const end = next === PROXY ? node : next
        const isAlongLink = (node === PROXY || next === PROXY) && SIDEWAYS.has(direction)
        if (end !== undefined && isAlongLink) focusLink(frame.current, end)
        else if (next !== undefined) focusNode(next)
      } else if (event.key === 'Enter') {
        const selected = selection?.kind === 'node' && selection.id === node
        if (selected) {
          frame.current?.querySelector<HTMLElement>('.react-flow__node-toolbar button')?.focus()
        } else {
          chooseOrSelect(node)
        }
      } else if (isRemoval(event.key)) {
        if (node === PROXY) useUi.getState().notify('info', 'The proxy cannot be removed.')
        else if (node === notChosen.current) sayHowToRemove(node)
        else if (machineOfGroup(node) !== undefined) chooseOrSelect(node)
        else if (!refused()) void removeNode(node)
      } else if (event.key.toLowerCase() === 'h') {
        holdOrOpen(node)
      } else {
        return
      }
      event.preventDefault()
      event.stopPropagation()
    },
    [frame, focusNode, actOnLink, actOnBox],
  )
  const onMouseDown = useCallback(() => {
    notChosen.current = undefined
  }, [])
  return { onKeyDown, onMouseDown, focusNode }
}

function sayHowToRemove(node: NodeId): void {
  const name = inSentence(nodeName(useLab.getState().state, node))
  useUi
    .getState()
    .notify('info', `To remove ${name} too, press Enter to select it, and then Delete.`)
}

function isRemoval(key: string): boolean {
  return key === 'Delete' || key === 'Backspace'
}

/** The id of the node that itself has the focus, rather than an element in it. */
function focusedNode(target: EventTarget): NodeId | undefined {
  if (!(target instanceof HTMLElement) || !target.classList.contains('react-flow__node')) {
    return undefined
  }
  return target.dataset.id
}

/** The node whose link has the focus. */
function focusedLink(target: EventTarget): NodeId | undefined {
  if (!(target instanceof SVGElement) || !target.classList.contains('react-flow__edge')) {
    return undefined
  }
  return nodeOfLink(target.dataset.id ?? '')
}

function focusLink(frame: HTMLElement | null, node: NodeId): void {
  frame
    ?.querySelector<SVGElement>(`.react-flow__edge[data-id="${CSS.escape(linkId(node))}"]`)
    ?.focus({ preventScroll: true })
}

/** Where an arrow key leads from a link: to the node at that end of it, or up and down to the link beside it. */
function beyondLink(
  layout: GraphLayout,
  node: NodeId,
  direction: Direction,
): { kind: 'node' | 'link'; node: NodeId } | undefined {
  if (direction === 'up' || direction === 'down') {
    const beside = neighbour(layout, node, direction)
    return beside === undefined || beside === PROXY ? undefined : { kind: 'link', node: beside }
  }
  const rect = rectOf(layout, node)
  if (!rect) return undefined
  const isLeft = centreOf(rect).x < centreOf(layout.proxy).x
  return { kind: 'node', node: isLeft === (direction === 'left') ? node : PROXY }
}

/** Returns the node that gets the focus when this one is removed. */
function nodeBeside(layout: GraphLayout, node: NodeId): NodeId | undefined {
  for (const direction of ['down', 'up', 'left', 'right'] as const) {
    const next = neighbour(layout, node, direction)
    if (next !== undefined) return next
  }
  return undefined
}

function neighbour(layout: GraphLayout, node: NodeId, direction: Direction): NodeId | undefined {
  const from = rectOf(layout, node)
  if (!from) return undefined
  const others: [NodeId, Rect][] = [...layout.actors, [PROXY, layout.proxy]]
  return nearestInDirection(
    from,
    others.filter(([id]) => id !== node),
    direction,
  )
}
