// A click belongs to the node on which it began. The layout may move a node while the mouse button is down. The browser
// then reports a click on the canvas.
import { type MouseEvent, type PointerEvent, useRef } from 'react'
import type { NodeId } from '../../../shared/ids'

interface Press {
  node: NodeId
  x: number
  y: number
}

interface PressHandlers {
  onPointerDownCapture(event: PointerEvent): void
  onClickCapture(event: MouseEvent): void
}

/** A pointer that moves less while its button is down clicks; it does not drag. */
export const TREMBLE_PX = 4

/** Handlers for the element around the graph: `select` gets the node of a click that missed it. */
export function usePressedNode(select: (node: NodeId) => void): PressHandlers {
  const pressed = useRef<Press>(undefined)
  return {
    onPointerDownCapture: ({ target, button, clientX: x, clientY: y }) => {
      const node = button === 0 ? nodeOf(target) : undefined
      pressed.current = node === undefined ? undefined : { node, x, y }
    },
    onClickCapture: (event) => {
      const press = pressed.current
      pressed.current = undefined
      // A click by key has no press.
      if (press === undefined || event.detail === 0) return
      const { node, x, y } = press
      const isDrag = Math.hypot(event.clientX - x, event.clientY - y) > TREMBLE_PX
      if (isDrag || nodeOf(event.target) === node) return
      event.stopPropagation()
      select(node)
    },
  }
}

/** A policy's box is background. */
function nodeOf(target: EventTarget): NodeId | undefined {
  const node = target instanceof Element ? target.closest('.react-flow__node') : null
  return node instanceof HTMLElement && !node.matches('.react-flow__node-policy')
    ? node.dataset.id
    : undefined
}
