// A mark that follows a packet on the canvas, of the same size at every zoom.
import { type ReactNode, useEffect, useRef } from 'react'
import type { PacketId } from '../../../shared/ids'
import { whileTimeRuns } from '../lab/ticks'
import { useLabelZoom } from './label-zoom'
import { packetLayer } from './packets'
import './packet-mark.css'

interface PacketMarkProps {
  id: PacketId
  className: string
  children: ReactNode
}

export function PacketMark({ id, className, children }: PacketMarkProps) {
  const element = useRef<HTMLDivElement>(null)
  const zoom = useLabelZoom()
  useEffect(() => {
    const place = () => {
      const at = packetLayer.placeOf(id)
      const style = element.current?.style
      if (style === undefined) return
      style.visibility = at ? 'visible' : 'hidden'
      if (at === undefined) return
      style.transform = `translate(${at.x}px, ${at.y}px) scale(${1 / zoom})`
    }
    // The packet layer has its links' new places only after the effects of a change of the layout.
    queueMicrotask(place)
    return whileTimeRuns(place)
  }, [id, zoom])
  return (
    <div ref={element} className={`packet-mark ${className}`} aria-hidden="true">
      {children}
    </div>
  )
}
