// The bookmarks in a state.
import type { BookmarkEvent } from '../bookmark'
import type { State } from './state'

export function withBookmark(
  bookmarks: State['bookmarks'],
  event: BookmarkEvent,
): State['bookmarks'] {
  const next = new Map(bookmarks)
  if (event.type === 'bookmark.removed') next.delete(event.bookmark)
  else next.set(event.bookmark.id, event.bookmark)
  return next
}
