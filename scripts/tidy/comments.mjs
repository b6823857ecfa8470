// The comments of a source, and the phrases of this project's old dialect that no comment should have.

/**
 * Phrases that make a reader stop: each has a plain verb beside it, or is two sentences in one. A comment that begins with
 * “Of” does not say what the thing is.
 */
const BANNED = [
  '\x2f** of ',
  'all the same',
  'are none',
  'are told',
  'as it stands',
  'becomes of',
  'call it off',
  'called off',
  'ends untold',
  'goes on',
  'has none',
  'is none',
  'is told',
  'let go',
  'of its own accord',
  'so many',
  'to be had',
  'told apart',
  'told of',
  'under way',
  'what it has come to',
  'who is there',
]

/** Returns `{ phrase: count }` over the comments of all sources, without those that no comment has. */
export function countBanned(sources) {
  const text = sources
    .flatMap(({ text }) => commentsIn(text))
    .join('\n')
    .toLowerCase()
  const counts = BANNED.map((phrase) => [phrase, text.split(phrase).length - 1])
  return Object.fromEntries(counts.filter(([, count]) => count > 0))
}

/** Returns the text of each comment, with its lines joined. A string with two slashes in it may count as one. */
export function commentsIn(text) {
  const blocks = [...text.matchAll(/\/\*[\s\S]*?\*\//g)].map(([block]) => block)
  const lines = [...text.matchAll(/(?:^|\s)\/\/.*(?:\n[ \t]*\/\/.*)*/g)].map(([line]) => line)
  return [...blocks, ...lines].map((comment) => comment.replace(/\n[ \t]*(?:\*|\/\/)?[ \t]?/g, ' '))
}
