// A bookmark: a moment of the session that somebody has named, to come back to. It is in the session's recording.
import type { BookmarkId, SimMs } from './ids'

export interface Bookmark {
  id: BookmarkId
  /** The moment: after the event with the number `seq`, which happened at `at`. */
  at: SimMs
  seq: number
  caption: string
}

export type BookmarkEvent =
  | { type: 'bookmark.set'; bookmark: Bookmark }
  | { type: 'bookmark.removed'; bookmark: BookmarkId }

/** The bookmarks, in the order of their moments. */
export function inOrderOfTime(bookmarks: ReadonlyMap<BookmarkId, Bookmark>): readonly Bookmark[] {
  return [...bookmarks.values()].sort((one, other) => one.seq - other.seq || one.id - other.id)
}
