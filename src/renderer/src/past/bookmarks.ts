// The bookmarks of what is on the screen: of the running session, or of the open recording.
import { useMemo } from 'react'
import { type Bookmark, inOrderOfTime } from '../../../shared/bookmark'
import { useLab } from '../lab/lab'
import { usePast } from './moment'

/** In the order of their moments. */
export function bookmarksNow(): readonly Bookmark[] {
  const { view, bookmarks } = usePast.getState()
  return inOrderOfTime(view === 'recording' ? bookmarks : useLab.getState().live.bookmarks)
}

/** The same for a component. */
export function useBookmarks(): readonly Bookmark[] {
  const view = usePast((past) => past.view)
  const recorded = usePast((past) => past.bookmarks)
  const live = useLab((lab) => lab.live.bookmarks)
  const bookmarks = view === 'recording' ? recorded : live
  return useMemo(() => inOrderOfTime(bookmarks), [bookmarks])
}

/** The bookmark at the moment on the screen. */
export function useBookmarkHere(): Bookmark | undefined {
  const bookmarks = useBookmarks()
  const seq = usePast((past) => (past.view === 'now' ? undefined : past.seq))
  return bookmarks.findLast((bookmark) => bookmark.seq === seq)
}

/** The bookmark after (1) or before (-1) the event with this number. */
export function bookmarkBeside(
  bookmarks: readonly Bookmark[],
  seq: number,
  direction: 1 | -1,
): Bookmark | undefined {
  return direction === 1
    ? bookmarks.find((bookmark) => bookmark.seq > seq)
    : bookmarks.findLast((bookmark) => bookmark.seq < seq)
}
