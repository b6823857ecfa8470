// Says to screen readers what happens, not more often than can be listened to.
import { useEffect, useState } from 'react'
import { onFrame, useLab } from '../store/lab'
import { NOTHING_WAITING, textOf, withEvents } from './announcements'

const EVERY_MS = 1_500

export function Announcer() {
  const [text, setText] = useState('')
  useEffect(() => {
    let waiting = NOTHING_WAITING
    let { rows } = useLab.getState().state
    let timer: ReturnType<typeof setTimeout> | undefined
    function speak() {
      timer = undefined
      if (waiting === NOTHING_WAITING) return
      setText(textOf(waiting))
      waiting = NOTHING_WAITING
      timer = setTimeout(speak, EVERY_MS)
    }
    const stop = onFrame((change, state) => {
      const before = rows
      rows = state.rows
      if (change.kind === 'snapshot') return
      waiting = withEvents(waiting, change.events, before, state)
      if (timer === undefined) speak()
    })
    return () => {
      stop()
      clearTimeout(timer)
    }
  }, [])
  return (
    <div className="visually-hidden" role="log" aria-live="polite" aria-atomic="true">
      {text}
    </div>
  )
}
