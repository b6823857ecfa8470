// Notices for the person: errors stay until dismissed; hints disappear once they can have been read.
import { CircleAlert, Info } from 'lucide-react'
import { useEffect, useState } from 'react'
import { ACTION_WORDS } from '../../../shared/action-words'
import { moveInHistory, offerOf } from '../actions/undo'
import { type Notice, useUi } from '../choices/ui'
import { useLab } from '../lab/lab'
import { useLine } from '../line/line'
import { usePast, useRefusal } from '../past/past'
import { DismissButton } from './DismissButton'
import { lineWords } from './line-words'
import { ProblemNotices } from './ProblemNotices'
import { RecoveredNotice } from './RecoveredNotice'
import { readingMs } from './reading-time'
import { TakenIdsNotice } from './TakenIdsNotice'

export function Notices() {
  const notices = useUi((ui) => ui.notices)
  return (
    <section className="notices" aria-label="Notices">
      <ProblemNotices />
      <TakenIdsNotice />
      {notices.map((notice) => (
        <NoticeCard key={notice.id} notice={notice} />
      ))}
      <RecoveredNotice />
    </section>
  )
}

function NoticeCard({ notice }: { notice: Notice }) {
  const { dismiss } = useUi.getState()
  const { id, level, text, changed } = notice
  const offer = useLab(({ live }) => changed && offerOf(changed, live.history))
  const refusal = useRefusal()
  // A hint stays while the pointer or the focus is on it.
  const [pointed, setPointed] = useState(false)
  const [focused, setFocused] = useState(false)
  const isKept = level === 'error' || pointed || focused
  useEffect(() => {
    if (isKept) return
    // What can be undone has to be read and decided about.
    const timer = setTimeout(() => dismiss(id), readingMs(text) * (changed ? 2 : 1))
    return () => clearTimeout(timer)
  }, [id, text, isKept, dismiss, changed])
  const Icon = level === 'error' ? CircleAlert : Info
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: pointing at it only keeps it
    <div
      className={`notice ${level}`}
      role={level === 'error' ? 'alert' : 'status'}
      onPointerEnter={() => setPointed(true)}
      onPointerLeave={() => setPointed(false)}
      onFocus={() => setFocused(true)}
      onBlur={() => setFocused(false)}
    >
      <Icon size={18} aria-hidden="true" />
      <p>{text}</p>
      {changed && offer && refusal === undefined && (
        <button
          type="button"
          className="link"
          onClick={() => {
            dismiss(id)
            void moveInHistory(offer, changed.number)
          }}
        >
          {ACTION_WORDS[offer]}
        </button>
      )}
      <DismissButton onDismiss={() => dismiss(id)} />
    </div>
  )
}

/** Shown while the browser's connection to the engine is down. */
export function ConnectionBanner() {
  const connected = useLab((lab) => lab.connected)
  const begun = useLab(({ live }) => live.proxy !== null)
  const fault = useLine((line) => line.fault)
  const view = usePast((past) => past.view)
  if (connected) return null
  return (
    <div className="banner" role="alert">
      {lineWords(fault, begun ? view : undefined)}
    </div>
  )
}
