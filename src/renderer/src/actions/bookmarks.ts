// Bookmarks, for keys and menu items: which moment can be named, and which bookmark is next.
import type { Bookmark } from '../../../shared/bookmark'
import { useUi } from '../choices/ui'
import { useLab } from '../lab/lab'
import { bookmarkBeside, bookmarksNow } from '../past/bookmarks'
import { pastView, usePast } from '../past/past'

/** Goes to the bookmark after (1) or before (-1) the moment on the screen, or says that none exists. */
export function seekBookmark(direction: 1 | -1): void {
  const bookmark = bookmarkBeside(bookmarksNow(), usePast.getState().seq, direction)
  if (bookmark) void pastView().seek({ seq: bookmark.seq })
  else useUi.getState().notify('info', direction === 1 ? NONE_AFTER : NONE_BEFORE)
}

const NONE_AFTER = 'There is no bookmark after this moment.'
const NONE_BEFORE = 'There is no bookmark before this moment.'

/** The moment on the screen. */
export function momentHere(): Pick<Bookmark, 'seq' | 'at'> {
  const { view, seq, at } = usePast.getState()
  if (view !== 'now') return { seq, at }
  const { live } = useLab.getState()
  return { seq: live.seq, at: live.at }
}
