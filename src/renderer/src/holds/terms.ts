// Putting a filter's text together by choosing: a chosen term takes the place of one about the same thing.
import { FilterError, type FilterTree, parseTree } from '../../../shared/filter/syntax'

/**
 * The text with this term in it (`type:0`): in place of the one with the same key, else after the rest. A text with a
 * mistake in it gives way as a whole.
 */
export function withTerm(text: string, term: string): string {
  const before = text.trim()
  const key = term.slice(0, term.indexOf(':')).toLowerCase()
  let tree: FilterTree | undefined
  try {
    tree = parseTree(before)
  } catch (error) {
    if (error instanceof FilterError) return term
    throw error
  }
  if (tree === undefined) return term
  // What joins alternatives stays one: the new term is about all of them.
  if (tree.kind === 'any') return `(${before}) ${term}`
  const parts = tree.kind === 'all' ? tree.parts : [tree]
  const same = parts.find((part) => part.kind === 'key' && part.key.toLowerCase() === key)
  if (same === undefined) return `${before} ${term}`
  return `${before.slice(0, same.from)}${term}${before.slice(same.to)}`
}
