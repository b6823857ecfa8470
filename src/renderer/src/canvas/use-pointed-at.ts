// What the pointer is over on the graph, for the presenter's spotlight.
import { type PointerEvent, type RefObject, useEffect, useRef } from 'react'
import { useReactFlow } from 'reactflow'
import type { SpotlightTarget } from '../../../shared/spotlight-target'
import { provideCanvasActions } from '../actions/canvas-actions'
import type { Point } from '../ui/point'
import { type CanvasNode, type LinkFlowEdge, nodeOfLink } from './flow'
import { packetLayer } from './packets'

/** Returns what the canvas's element needs to follow the pointer. */
export function usePointedAt(frame: RefObject<HTMLElement | null>) {
  const flow = useReactFlow<CanvasNode, LinkFlowEdge>()
  const pointer = useRef<Point>(undefined)
  useEffect(
    () =>
      provideCanvasActions({
        pointedAt() {
          const { current: at } = pointer
          const focused = frame.current?.querySelector('.react-flow__node:focus-visible')
          if (at === undefined) return focused ? partAt(focused) : undefined
          const packet = packetLayer.packetAt(flow.screenToFlowPosition(at))
          if (packet !== undefined) return { kind: 'packet', id: packet }
          const element = document.elementFromPoint(at.x, at.y)
          return (element && partAt(element)) ?? (focused ? partAt(focused) : undefined)
        },
      }),
    [flow, frame],
  )
  return {
    onPointerMove({ clientX: x, clientY: y }: PointerEvent) {
      pointer.current = { x, y }
    },
    onPointerLeave() {
      pointer.current = undefined
    },
  }

  function partAt(element: Element): SpotlightTarget | undefined {
    const ring = element.closest<SVGElement>('.canvas [data-policy]')?.dataset.policy
    if (ring !== undefined) return { kind: 'policy', id: ring }
    const link = element.closest<SVGElement>('.react-flow__edge')?.dataset.id
    const end = link === undefined ? undefined : nodeOfLink(link)
    if (end !== undefined) return { kind: 'link', id: end }
    const id = element.closest<HTMLElement>('.react-flow__node')?.dataset.id
    const node = id === undefined ? undefined : flow.getNode(id)
    if (node === undefined) return undefined
    return node.type === 'policy'
      ? { kind: 'policy', id: node.data.policy }
      : { kind: 'node', id: node.id }
  }
}
