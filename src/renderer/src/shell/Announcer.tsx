// Tells screen readers what happens, no more often than a person can listen. While looking back, only the moment is
// announced.
import { useEffect, useState } from 'react'
import { onFrame, useLab } from '../lab/lab'
import { type Past, usePast } from '../past/past'
import { spokenPlace } from '../timeline'
import { NOTHING_WAITING, spokenText, withEvents } from './announcements'

const EVERY_MS = 1_500

export function Announcer() {
  const [text, setText] = useState('')
  useEffect(() => {
    let waiting = NOTHING_WAITING
    let moment: string | undefined
    let last = useLab.getState().state
    let timer: ReturnType<typeof setTimeout> | undefined
    function speak() {
      timer = undefined
      if (moment !== undefined) setText(moment)
      else if (waiting !== NOTHING_WAITING) setText(spokenText(waiting))
      else return
      moment = undefined
      waiting = NOTHING_WAITING
      timer = setTimeout(speak, EVERY_MS)
    }
    const stops = [
      onFrame((change, state) => {
        const before = last
        last = state
        if (change.kind === 'snapshot' || usePast.getState().view !== 'now') return
        waiting = withEvents(waiting, change.events, before, state)
        if (timer === undefined) speak()
      }),
      usePast.subscribe((past, before) => {
        const said = momentSaid(past, before)
        if (said === undefined) return
        moment = said
        waiting = NOTHING_WAITING
        if (timer === undefined) speak()
      }),
    ]
    return () => {
      for (const stop of stops) stop()
      clearTimeout(timer)
    }
  }, [])
  return (
    <div className="visually-hidden" role="log" aria-live="polite" aria-atomic="true">
      {text}
    </div>
  )
}

/** The words for a change of the moment. While the past plays, moments are not announced. */
function momentSaid(past: Past, before: Past): string | undefined {
  if (past.view === 'now') return before.view === 'now' ? undefined : 'Back to now.'
  if (past.playing) return before.playing ? undefined : 'Playing.'
  const same = past.seq === before.seq && past.at === before.at
  if (same && past.view === before.view && !before.playing) return undefined
  const opened = past.view === 'recording' && before.view !== 'recording'
  return `${opened ? `${past.name} opened. ` : ''}${spokenPlace(past)}.`
}
