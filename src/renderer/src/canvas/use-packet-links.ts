// Tells the packet layer where the links are, so that packets stay on the drawn lines while a node is dragged.
import { useLayoutEffect, useRef } from 'react'
import type { NodeId } from '../../../shared/ids'
import type { GraphLayout } from './graph-layout'
import { packetLayer } from './packets'
import { type LinkEnds, sameEnds } from './rim'

export function usePacketLinks({ links }: GraphLayout): void {
  const told = useRef<ReadonlyMap<NodeId, LinkEnds>>(new Map())
  // Before the paint that shows the lines at their new places.
  useLayoutEffect(() => {
    const before = told.current
    told.current = links
    const sameNodes = links.size === before.size && [...links.keys()].every((id) => before.has(id))
    if (!sameNodes) {
      packetLayer.setLinks([...links].map(([id, ends]) => ({ id, from: ends.node, to: ends.rim })))
      return
    }
    for (const [id, ends] of links) {
      const last = before.get(id)
      if (last && sameEnds(last, ends)) continue
      packetLayer.moveLink({ id, from: ends.node, to: ends.rim })
    }
  }, [links])
}
