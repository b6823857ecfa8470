// The packets of the lab in small. They glide between the pictures that come: they are moved frame by frame, past React.
import { useEffect, useRef } from 'react'
import type { ClassPicture, LabMoment } from '../../../shared/room/class-picture'
import { useClass } from './class-state'
import { isPacketLit, type LitPicture } from './lit-picture'
import { type PictureLayout, packetPoint, progressAt } from './picture-layout'
import { SimTime } from './sim-time'

interface PicturePacketsProps {
  lab: ClassPicture
  layout: PictureLayout
  lit: LitPicture | undefined
}

export function PicturePackets({ lab, layout, lit }: PicturePacketsProps) {
  const group = useRef<SVGGElement>(null)
  useEffect(() => {
    const time = new SimTime()
    let frame = 0
    const draw = () => {
      frame = 0
      const { moment } = useClass.getState()
      if (moment === null || moment.number !== lab.number || group.current === null) return
      const at = time.at(moment, performance.now())
      place(group.current, moment, at, layout, lab.clients, lit)
      if (moment.packets.length > 0 && moment.speed > 0) frame = requestAnimationFrame(draw)
    }
    const schedule = () => {
      if (frame === 0) frame = requestAnimationFrame(draw)
    }
    schedule()
    const stop = useClass.subscribe((state, before) => {
      if (state.moment !== before.moment) schedule()
    })
    return () => {
      stop()
      cancelAnimationFrame(frame)
    }
  }, [lab, layout, lit])
  return <g ref={group} />
}

const SVG = 'http://www.w3.org/2000/svg'

function place(
  group: SVGGElement,
  { packets }: LabMoment,
  at: number,
  layout: PictureLayout,
  clients: number,
  lit: LitPicture | undefined,
): void {
  while (group.childElementCount < packets.length) {
    group.append(document.createElementNS(SVG, 'circle'))
  }
  for (const [index, circle] of [...group.children].entries()) {
    const packet = packets[index]
    const point =
      packet && packetPoint(layout, clients, packet[2], packet[3], progressOf(packet, at))
    circle.setAttribute('r', point === undefined ? '0' : packet?.[7] === 1 ? '7' : '5')
    if (packet === undefined || point === undefined) continue
    const isUnlit = lit !== undefined && !isPacketLit(lit, packet)
    const state = `${packet[7] === 1 ? ' is-held' : ''}${isUnlit ? ' is-unlit' : ''}`
    circle.setAttribute('class', `class-packet is-${packet[1]}${state}`)
    circle.setAttribute('cx', point.x.toFixed(1))
    circle.setAttribute('cy', point.y.toFixed(1))
  }
}

function progressOf(packet: LabMoment['packets'][number], at: number): number {
  const [, , , , legAt, legFrom, dueAt, isHeld] = packet
  return progressAt(at, legAt, legFrom, dueAt, isHeld === 1)
}
