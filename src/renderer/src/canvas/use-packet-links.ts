// Tells the packet layer where the links are, so that packets stay on the drawn lines while a node is dragged.
import { useLayoutEffect, useRef } from 'react'
import type { NodeId } from '../../../shared/ids'
import type { GraphLayout } from './graph-layout'
import { type LinkPath, samePath } from './links/path'
import { packetLayer } from './packets'

export function usePacketLinks({ links }: GraphLayout): void {
  const told = useRef<ReadonlyMap<NodeId, LinkPath>>(new Map())
  // Before the paint that shows the lines at their new places.
  useLayoutEffect(() => {
    const before = told.current
    told.current = links
    const sameNodes = links.size === before.size && [...links.keys()].every((id) => before.has(id))
    if (!sameNodes) {
      packetLayer.setLinks([...links].map(([id, path]) => ({ id, path })))
      return
    }
    for (const [id, path] of links) {
      const last = before.get(id)
      if (last && samePath(last, path)) continue
      packetLayer.moveLink({ id, path })
    }
  }, [links])
}
