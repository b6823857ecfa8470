// The canvas's keys: arrows move to the nearest node, Enter selects it (and then moves to its tools), Delete removes
// it, Escape deselects. Tab is left to the browser.

import { type KeyboardEvent, type RefObject, useCallback, useEffect, useRef } from 'react'
import { type NodeId, PROXY } from '../../../shared/ids'
import { removeNode } from '../actions/actions'
import { provideCanvasActions } from '../actions/canvas-actions'
import { refused } from '../actions/refusal'
import { useUi } from '../choices/ui'
import type { Rect } from './geometry'
import { type GraphLayout, rectOf } from './graph-layout'
import { type Direction, nearestInDirection } from './nearest'

const DIRECTIONS: Record<string, Direction> = {
  ArrowLeft: 'left',
  ArrowRight: 'right',
  ArrowUp: 'up',
  ArrowDown: 'down',
}

export function useCanvasKeys(
  frame: RefObject<HTMLElement | null>,
  layout: GraphLayout,
  reveal: (node: NodeId) => void,
) {
  const latestLayout = useRef(layout)
  latestLayout.current = layout

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
        focusBeside(node) {
          const next = nodeBeside(latestLayout.current, node)
          if (next !== undefined) focusNode(next)
        },
      }),
    [focusNode],
  )

  const onKeyDown = useCallback(
    (event: KeyboardEvent) => {
      if (event.ctrlKey || event.metaKey || event.altKey) return
      const node = focusedNode(event.target)
      if (node === undefined) return
      const { selection, select } = useUi.getState()
      const direction = DIRECTIONS[event.key]
      if (direction) {
        const next = neighbour(latestLayout.current, node, direction)
        if (next !== undefined) focusNode(next)
      } else if (event.key === 'Enter') {
        const selected = selection?.kind === 'node' && selection.id === node
        if (selected) {
          frame.current?.querySelector<HTMLElement>('.react-flow__node-toolbar button')?.focus()
        } else {
          select({ kind: 'node', id: node })
        }
      } else if (event.key === 'Delete' || event.key === 'Backspace') {
        if (node === PROXY || refused()) return
        void removeNode(node)
      } else if (event.key === 'Escape') {
        select(null)
      } else {
        return
      }
      event.preventDefault()
      event.stopPropagation()
    },
    [frame, focusNode],
  )
  return { onKeyDown, focusNode }
}

/** The id of the node that itself has the focus, rather than an element in it. */
function focusedNode(target: EventTarget): NodeId | undefined {
  if (!(target instanceof HTMLElement) || !target.classList.contains('react-flow__node')) {
    return undefined
  }
  return target.dataset.id
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
