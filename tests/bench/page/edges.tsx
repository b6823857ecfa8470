// The edges: plain ones beneath the packet layer, and the common way beside it, with an SVG element and an
// `animateMotion` for every packet.

import { createContext, useContext } from 'react'
import { BaseEdge, type Edge, type EdgeProps } from 'reactflow'
import { type LinkPath, svgPath } from '../../../src/renderer/src/canvas/links/path'

type LinkEdge = Edge<{ path: LinkPath }>

/** SVG packets on each edge; the rest of a division goes to the first ones. */
export const SvgPackets = createContext<{ each: number; rest: ReadonlySet<string> }>({
  each: 0,
  rest: new Set(),
})

export const FLIGHT_MS = 3000
const COLOURS = ['#2f6fed', '#b87900', '#0b8a6b']

export function PlainEdge({ data }: EdgeProps<LinkEdge>) {
  return data ? <BaseEdge path={svgPath(data.path)} /> : null
}

export function SvgPacketsEdge({ id, data }: EdgeProps<LinkEdge>) {
  const { each, rest } = useContext(SvgPackets)
  if (!data) return null
  const d = svgPath(data.path)
  const count = each + (rest.has(id) ? 1 : 0)
  return (
    <>
      <BaseEdge path={d} />
      {Array.from({ length: count }, (_, index) => {
        const begin = `${-Math.round((index / count) * FLIGHT_MS)}ms`
        return (
          <circle key={index} r={3} fill={COLOURS[index % 3]}>
            <animateMotion
              dur={`${FLIGHT_MS}ms`}
              begin={begin}
              repeatCount="indefinite"
              path={d}
              keyPoints={index % 2 === 0 ? '0;1' : '1;0'}
              keyTimes="0;1"
              calcMode="linear"
            />
          </circle>
        )
      })}
    </>
  )
}
