// Finds how a proxy wants to be spoken to, by trying one exchange in each dialect.
import type { CheckedRequirement } from '../../shared/check/result'
import { ASSIGNED, DIALECTS, type Dialect, dialectWords } from './dialect'
import { inLanes } from './lanes'

interface FoundDialect {
  readonly dialect: Dialect
  /** One line. */
  readonly words: string
  /** The trial in that dialect; a failed one in the assignment's if none worked. */
  readonly trial: CheckedRequirement
}

/** The first dialect in the list in which an exchange works. */
export async function findDialect(
  attempt: (dialect: Dialect) => Promise<CheckedRequirement>,
  lanes: number,
): Promise<FoundDialect> {
  const first = await attempt(ASSIGNED)
  if (first.outcome === 'passed') {
    return { dialect: ASSIGNED, words: dialectWords(ASSIGNED), trial: first }
  }
  if (first.outcome === 'not tried' || neverListened(first)) {
    return { dialect: ASSIGNED, words: 'unknown: the program never listened', trial: first }
  }
  let works = false
  const others = DIALECTS.filter((dialect) => dialect !== ASSIGNED)
  const tried = await inLanes(others, lanes, async (dialect) => {
    if (works) return undefined
    const trial = await attempt(dialect)
    works ||= trial.outcome === 'passed'
    return { dialect, words: dialectWords(dialect), trial }
  })
  const found = tried.find((one) => one?.trial.outcome === 'passed')
  if (found !== undefined) return found
  const words = `unknown: it answers in none of ${DIALECTS.length} spellings${foreignWords(first)}`
  return { dialect: ASSIGNED, words, trial: first }
}

export function neverListened({ outcome, evidence }: CheckedRequirement): boolean {
  if (outcome !== 'failed' || evidence === undefined) return false
  return evidence.exchange.every(({ type }) => type !== 'opened')
}

function foreignWords({ evidence }: CheckedRequirement): string {
  const said = [evidence?.exception?.text ?? '', ...(evidence?.lastWords ?? [])].join(' ')
  return /pickle/i.test(said) ? '; it reads Python’s pickle instead of JSON' : ''
}
