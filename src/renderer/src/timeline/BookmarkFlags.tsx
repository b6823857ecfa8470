// The bookmarks on the timeline: a click goes there. Keys go from one to the next.
import { Bookmark } from 'lucide-react'
import { useBookmarks } from '../past/bookmarks'
import type { Extent } from '../past/history/history'
import { pastView } from '../past/past'
import { fractionOf } from './geometry'
import { formatMoment } from './words'

export function BookmarkFlags({ extent }: { extent: Extent }) {
  const bookmarks = useBookmarks()
  return (
    <div className="marks" aria-hidden="true">
      {bookmarks.map(({ id, at, seq, caption }) => (
        <button
          key={id}
          type="button"
          tabIndex={-1}
          className="bookmark-flag"
          style={{ left: `${fractionOf(at, extent) * 100}%` }}
          title={`${caption} (${formatMoment(at)})`}
          onClick={() => void pastView().seek({ seq })}
        >
          <Bookmark size={14} fill="currentColor" />
        </button>
      ))}
    </div>
  )
}
