// The timeline's handle: dragging it seeks continuously; its keys go from event to event.
import { Slider } from 'radix-ui'
import { type KeyboardEvent, useRef, useState } from 'react'
import { seekMark } from '../actions/seek-mark'
import { usePointedSecond } from '../choices/pointed-second'
import { useLab } from '../lab/lab'
import { type Past, pastView, usePast } from '../past/past'
import { BookmarkFlags } from './BookmarkFlags'
import { fractionOf, leap } from './geometry'
import { Marks } from './Marks'
import { spokenPlace } from './words'

type Place = Pick<Past, 'view' | 'at' | 'seq' | 'extent'>

export function Scrubber({ place }: { place: Place }) {
  const track = useRef<HTMLDivElement>(null)
  const marks = useMarks(place.view)
  /** Where the handle is held, until the moment there is shown. */
  const [held, setHeld] = useState<number>()
  const { extent, at } = place
  const empty = extent.to <= extent.from

  async function seekTo(moment: number) {
    setHeld(moment)
    await pastView().seek({ at: moment })
    // All seeks end with the last requested one.
    setHeld((current) => (current === moment ? undefined : current))
  }

  return (
    <div className="scrubber" ref={track}>
      <Slider.Root
        className="slider"
        min={empty ? 0 : extent.from}
        max={empty ? 1 : extent.to}
        step={1}
        value={[empty ? 1 : (held ?? at)]}
        disabled={empty}
        onKeyDown={(event) => onKeyDown(event, place)}
        onValueChange={([moment]) => {
          if (moment !== undefined) void seekTo(moment)
        }}
      >
        <Slider.Track className="slider-track">
          <Slider.Range className="scrubber-range" />
        </Slider.Track>
        <Slider.Thumb
          className="slider-thumb"
          aria-label="Moment"
          aria-valuetext={spokenPlace(place)}
          aria-keyshortcuts="ArrowLeft ArrowRight Shift+ArrowLeft Shift+ArrowRight"
          aria-description="The arrow keys go from event to event; with Shift, from mark to mark."
        />
      </Slider.Root>
      <PointedMark extent={extent} />
      <BookmarkFlags extent={extent} />
      <Marks marks={marks} extent={extent} track={track} />
    </div>
  )
}

/** Where the pointer is in a chart. */
function PointedMark({ extent }: { extent: Past['extent'] }) {
  const time = usePointedSecond((pointed) => pointed.time)
  if (time === undefined) return null
  const left = `${100 * fractionOf(time * 1000, extent)}%`
  return <span className="pointed-mark" style={{ left }} aria-hidden="true" />
}

/** The marks: while live or in the past, those of the whole session; in a recording, those up to its end. */
function useMarks(view: Past['view']) {
  const live = useLab((lab) => lab.live.marks)
  const recorded = usePast((past) => past.marks)
  return view === 'recording' ? recorded : live
}

/** Prevents the slider's own keys, which would move by milliseconds. */
function onKeyDown(event: KeyboardEvent, { view, at, extent }: Place): void {
  if (event.ctrlKey || event.metaKey || event.altKey) return
  const go = moveOf(event.key, event.shiftKey, view, at, extent)
  if (!go) return
  event.preventDefault()
  go()
}

function moveOf(
  key: string,
  shift: boolean,
  view: Past['view'],
  at: number,
  extent: Past['extent'],
): (() => void) | undefined {
  switch (key) {
    case 'ArrowLeft':
    case 'ArrowDown':
      return shift ? () => seekMark(-1) : () => void pastView().previousEvent()
    case 'ArrowRight':
    case 'ArrowUp':
      return shift ? () => seekMark(1) : () => void pastView().nextEvent()
    case 'PageDown':
      return () => void pastView().seek({ at: leap(at, extent, -1) })
    case 'PageUp':
      return view === 'now' ? () => {} : () => void pastView().seek({ at: leap(at, extent, 1) })
    case 'Home':
      return () => void pastView().seek({ at: extent.from })
    case 'End':
      return view === 'recording'
        ? () => void pastView().seek({ at: extent.to })
        : () => pastView().backToNow()
    default:
      return undefined
  }
}
