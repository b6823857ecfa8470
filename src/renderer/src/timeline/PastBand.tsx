// Says above the canvas that the screen is not live, and has the button to return.
import { Bookmark as BookmarkIcon, History, Lock } from 'lucide-react'
import type { Bookmark } from '../../../shared/bookmark'
import { useLab } from '../lab/lab'
import { useBookmarkHere } from '../past/bookmarks'
import { atEnd, pastView, usePast } from '../past/past'
import { formatMoment, pastWords } from './words'

export function PastBand() {
  const view = usePast((past) => past.view)
  if (view === 'now') return null
  return (
    <section className="past-band" aria-label={view === 'past' ? 'The past' : 'A recording'}>
      {view === 'past' ? <InThePast /> : <InARecording />}
    </section>
  )
}

function InThePast() {
  const at = usePast((past) => past.at)
  const clock = useLab(({ live }) => live.clock)
  const words = usePast((past) => pastWords(past, atEnd(past), clock))
  const here = useBookmarkHere()
  return (
    <>
      <History size={17} aria-hidden="true" />
      <p>
        <strong>The past: {formatMoment(at)}</strong>
        {here && <Caption bookmark={here} />}
        <span>{words}</span>
      </p>
      <button type="button" className="button primary" onClick={() => pastView().backToNow()}>
        Back to now
      </button>
    </>
  )
}

function InARecording() {
  const name = usePast((past) => past.name)
  const here = useBookmarkHere()
  return (
    <>
      <Lock size={16} aria-hidden="true" />
      <p>
        <strong className="past-band-name" title={name}>
          {name}
        </strong>
        {here && <Caption bookmark={here} />}
        <span>A recording: nothing in it is live</span>
      </p>
      <button type="button" className="button primary" onClick={() => pastView().backToNow()}>
        Close
      </button>
    </>
  )
}

/** What somebody has written about the moment on the screen. */
function Caption({ bookmark }: { bookmark: Bookmark }) {
  return (
    <strong className="past-band-caption">
      <BookmarkIcon size={14} aria-hidden="true" />
      {bookmark.caption}
    </strong>
  )
}
