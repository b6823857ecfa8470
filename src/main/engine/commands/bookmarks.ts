// Bookmarks: moments of the session with a caption. They are no part of the set-up, so undo does not take them back.
import type { CommandOf } from '../../../shared/commands'
import { MAX_BOOKMARKS } from '../../../shared/limits'
import { CommandError } from '../command-error'
import type { Journal } from '../story/journal'
import type { Rows } from './row'

export const BOOKMARK_COMMANDS: Rows<'setBookmark' | 'removeBookmark'> = {
  setBookmark: {
    carryOut: ({ lab }, command) => setBookmark(lab.journal, command),
    inverse: null,
  },
  removeBookmark: {
    carryOut({ lab }, { id }) {
      if (lab.journal.state.bookmarks.has(id)) {
        lab.journal.emit({ type: 'bookmark.removed', bookmark: id })
      }
    },
    inverse: null,
  },
}

function setBookmark(journal: Journal, { id, caption, moment }: CommandOf<'setBookmark'>): void {
  const { bookmarks, seq, at } = journal.state
  if (id !== undefined) {
    const before = bookmarks.get(id)
    if (before === undefined) throw new CommandError('The bookmark has been removed.')
    journal.emit({ type: 'bookmark.set', bookmark: { ...before, caption } })
    return
  }
  if (bookmarks.size >= MAX_BOOKMARKS) {
    throw new CommandError(
      `There are ${MAX_BOOKMARKS} bookmarks already: remove some of them first.`,
    )
  }
  if (moment !== undefined && (moment.seq > seq || moment.at > at)) {
    throw new CommandError('That moment has not happened yet.')
  }
  const next = 1 + Math.max(0, ...bookmarks.keys())
  const bookmark = { id: next, at, seq, ...moment, caption }
  journal.emit({ type: 'bookmark.set', bookmark })
}
