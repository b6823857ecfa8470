// Builds a filter's text from chosen terms: a new term replaces the one with the same key.
import { FilterError, type FilterTree, parseTree } from '../../../shared/filter/syntax'

/**
 * Puts a term (`type:0`) into the text: in place of the one with the same key, else at the end. Replaces the whole text
 * if it has a mistake.
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
  // Parentheses keep the alternatives together, so that the new term applies to all of them.
  if (tree.kind === 'any') return `(${before}) ${term}`
  const parts = tree.kind === 'all' ? tree.parts : [tree]
  const same = parts.find((part) => part.kind === 'key' && part.key.toLowerCase() === key)
  if (same === undefined) return `${before} ${term}`
  return `${before.slice(0, same.from)}${term}${before.slice(same.to)}`
}
