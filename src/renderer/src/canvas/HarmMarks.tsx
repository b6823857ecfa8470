// What a fault of its link does to a packet in flight, beside it: a shape and a word for each kind. Together with the marks of
// further attempts, faults and held packets, none lies over another.
import { useEffect, useMemo, useRef } from 'react'
import { ViewportPortal } from 'reactflow'
import { faultMark, harmMark } from '../../../shared/fault-words'
import { formatCount } from '../../../shared/format'
import { UNKNOWN } from '../../../shared/settings/setting'
import { usePacedState } from '../lab/paced'
import { whileTimeRuns } from '../lab/ticks'
import { HarmIcon } from '../ui/HarmIcon'
import { type Rect, scaled } from './geometry'
import type { GraphLayout } from './graph-layout'
import { type HarmMarkText, harmMarkWidth, harmPlace } from './harm-places'
import { type HarmedPackets, harmsInFlight } from './harms-in-flight'
import { useLabelZoom } from './label-zoom'
import { isCrowded, type LinkSpan, partOf, spanOf } from './links/room'
import { packetLayer } from './packets'
import { attemptMarkRect, retriesInFlight } from './retries-in-flight'
import { switchRects } from './switch-place'
import { useFaultPlaces } from './use-fault-places'
import { useHeldLabels } from './use-held-labels'
import './harm-marks.css'

/** With more marks than this, only their shapes are drawn. */
const MOST_WORDS = 5

interface Mark {
  readonly key: string
  readonly harmed: HarmedPackets
  readonly span: LinkSpan
  readonly text: HarmMarkText
}

export function HarmMarks({ layout }: { layout: GraphLayout }) {
  const state = usePacedState()
  const harmed = harmsInFlight(state)
  return harmed.length === 0 ? null : (
    <Marks layout={layout} harmed={harmed} attempts={retriesInFlight(state)} />
  )
}

interface MarksProps {
  layout: GraphLayout
  /** The gravest first: they take the better places. */
  harmed: readonly HarmedPackets[]
  attempts: string
}

function Marks({ layout: { actors, links }, layout, harmed, attempts }: MarksProps) {
  const zoom = useLabelZoom()
  const faults = useFaultPlaces(layout)
  const held = useHeldLabels(layout)
  const standing = useMemo(() => {
    const switches = switchRects(actors, zoom).map((rect) => scaled(rect, zoom))
    return [...switches, ...[...faults, ...held].map(({ rect }) => rect)]
  }, [actors, faults, held, zoom])
  const retried = useMemo(
    () => attempts.split(' ').map((mark) => Number.parseInt(mark, 10)),
    [attempts],
  )
  const marks = useMemo(() => {
    const isBeside = isCrowded(links.size, zoom)
    const hasRoom = harmed.length <= MOST_WORDS && !isBeside
    return harmed.flatMap((one): Mark[] => {
      const path = links.get(one.link)
      if (path === undefined) return []
      const span = spanOf(path)
      const text = textOf(one, hasRoom ? (span.to - span.from) * zoom : 0)
      return [
        { key: `${one.id} ${one.harm.fault}`, harmed: one, span, text: { ...text, isBeside } },
      ]
    })
  }, [links, harmed, zoom])
  const elements = useRef(new Map<string, HTMLElement>())
  useEffect(() => {
    const place = () => {
      const taken = [...standing, ...retried.flatMap((id) => rectOfAttempt(id, zoom))]
      for (const { key, harmed: one, span, text } of marks) {
        const element = elements.current.get(key)
        const at = packetLayer.placeOf(one.id)
        const found =
          at && harmPlace({ x: at.x * zoom, y: at.y * zoom }, partOf(span, at), text, taken)
        if (found) taken.push(found.rect)
        if (element) show(element, found, zoom)
      }
    }
    // The packet layer has its links' new places only after the effects of a change of the layout.
    queueMicrotask(place)
    return whileTimeRuns(place)
  }, [marks, standing, retried, zoom])
  return (
    <ViewportPortal>
      {marks.map(({ key, harmed: { harm } }) => (
        <div
          key={key}
          ref={(element) => {
            if (element) elements.current.set(key, element)
            return () => {
              elements.current.delete(key)
            }
          }}
          className="harm-mark"
          aria-hidden="true"
        >
          <HarmIcon fault={harm.fault} />
          <span />
        </div>
      ))}
    </ViewportPortal>
  )
}

/** The words for a link of this length in pixels. */
function textOf({ harm, count }: HarmedPackets, length: number): Omit<HarmMarkText, 'isBeside'> {
  const word = count > 1 && harm.fault !== UNKNOWN ? faultMark(harm.fault) : harmMark(harm)
  const times = count > 1 ? `×${formatCount(count)}` : ''
  const words = [word, times].filter(Boolean).join(' ')
  return { words: harmMarkWidth(words) <= length ? words : undefined, times }
}

function rectOfAttempt(id: number, zoom: number): Rect[] {
  const at = packetLayer.placeOf(id)
  return at ? [attemptMarkRect({ x: at.x * zoom, y: at.y * zoom })] : []
}

function show(element: HTMLElement, place: ReturnType<typeof harmPlace>, zoom: number): void {
  element.style.visibility = place ? 'visible' : 'hidden'
  if (place === undefined) return
  const { x, y, width, height } = place.rect
  element.style.transform = `scale(${1 / zoom}) translate(${x}px, ${y}px)`
  element.style.width = `${width}px`
  element.style.height = `${height}px`
  const words = element.lastElementChild
  if (words && words.textContent !== place.text) words.textContent = place.text
}
