// What a fault of its link does to a packet in flight, beside it: a shape and a word for each kind.
import { useMemo } from 'react'
import { ViewportPortal } from 'reactflow'
import { faultMark, harmMark } from '../../../shared/fault-words'
import { formatCount } from '../../../shared/format'
import { UNKNOWN } from '../../../shared/settings/setting'
import { usePacedState } from '../lab/paced'
import { HarmIcon } from '../ui/HarmIcon'
import type { GraphLayout } from './graph-layout'
import { type HarmedPackets, harmsInFlight } from './harms-in-flight'
import { useLabelZoom } from './label-zoom'
import type { LinkPath } from './links/path'
import { isCrowded, spanOf } from './links/room'
import { PacketMark } from './PacketMark'
import './harm-marks.css'

/** With more marks than this, only their shapes are drawn. */
const MOST_WORDS = 5
/** Pixels, as in harm-marks.css. */
const EMPTY = 29
const CHARACTER = 6.6

export function HarmMarks({ layout }: { layout: GraphLayout }) {
  const harmed = harmsInFlight(usePacedState())
  const zoom = useLabelZoom()
  if (harmed.length === 0) return null
  return (
    <ViewportPortal>
      {harmed.map((one) => {
        const path = layout.links.get(one.link)
        if (path === undefined) return null
        const crowded = isCrowded(layout.links.size, zoom)
        const hasRoom = harmed.length <= MOST_WORDS && !crowded
        return (
          <Mark
            key={`${one.id} ${one.harm.fault}`}
            harmed={one}
            path={path}
            hasRoom={hasRoom}
            crowded={crowded}
            zoom={zoom}
          />
        )
      })}
    </ViewportPortal>
  )
}

interface MarkProps {
  harmed: HarmedPackets
  path: LinkPath
  hasRoom: boolean
  /** Beside the packet and not below it, where another node may be. */
  crowded: boolean
  zoom: number
}

/** Without room for the word between the ends of the link, the shape stands alone. */
function Mark({ harmed: { id, harm, count }, path, hasRoom, crowded, zoom }: MarkProps) {
  const span = useMemo(() => spanOf(path), [path])
  const word = count > 1 && harm.fault !== UNKNOWN ? faultMark(harm.fault) : harmMark(harm)
  const times = count > 1 ? `×${formatCount(count)}` : ''
  const words = [word, times].filter(Boolean).join(' ')
  const fits = (span.to - span.from) * zoom >= EMPTY + CHARACTER * words.length
  return (
    <PacketMark id={id} className={`harm-mark${crowded ? ' is-crowded' : ''}`} span={span}>
      <span>
        <HarmIcon fault={harm.fault} />
        {hasRoom && fits ? words : !crowded && times}
      </span>
    </PacketMark>
  )
}
