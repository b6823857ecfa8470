import { describe, expect, it } from 'vitest'
import { decisionOf } from '../../../../shared/decision/testing'
import { DEFAULTS } from '../../../../shared/state/pool'
import type { Decision, State } from '../../../../shared/state/state'
import { nextChoices } from './current-weights'
import { serversOf } from './testing'

const WEIGHTS = { a: 5, b: 1, c: 1 }

interface Parts {
  weights?: Readonly<Record<string, number>>
  next?: string
  decision?: Decision
  down?: string[]
}

function lab({ weights = WEIGHTS, next = 'a', decision, down }: Parts = {}): State {
  const settings = { ...DEFAULTS, algorithm: 'weighted-round-robin' as const }
  return {
    ...serversOf(weights, down),
    pools: new Map([['111', settings]]),
    next: new Map([['111', next]]),
    decisions: new Map(decision ? [['111', decision]] : []),
  }
}

/** The third choice of 5, 1, 1: `b`, with the current weights 1, 3, 3. */
function third(parts: Partial<Decision> = {}): Decision {
  return decisionOf({
    algorithm: 'weighted-round-robin',
    candidates: ['a', 'b', 'c'],
    server: 'b',
    reason: {
      by: 'weighted-round-robin',
      compared: [
        { server: 'a', current: 1, effective: 5 },
        { server: 'b', current: 3, effective: 1 },
        { server: 'c', current: 3, effective: 1 },
      ],
      total: 7,
    },
    next: 'a',
    ...parts,
  })
}

describe('the next choices of weighted round-robin', () => {
  it('are those of nginx, from the beginning', () => {
    expect(nextChoices(lab(), '111', 10).join(' ')).toBe('a a b a c a a a a b')
  })

  it('go on from the latest decision', () => {
    const choices = nextChoices(lab({ decision: third() }), '111', 7)
    expect(choices.join(' ')).toBe('a c a a a a b')
  })

  it('begin anew with another list of servers', () => {
    const decision = third({ candidates: ['a', 'b'] })
    expect(nextChoices(lab({ decision }), '111', 3).join(' ')).toBe('a a b')
  })

  it('are unknown while a server is down, recovers, or has another weight since', () => {
    expect(nextChoices(lab({ down: ['b'] }), '111', 3)).toEqual([])
    const other = lab({ decision: third(), weights: { a: 4, b: 1, c: 1 } })
    expect(nextChoices(other, '111', 3)).toEqual([])
  })

  it('are unknown where they contradict whose turn is next', () => {
    expect(nextChoices(lab({ next: 'c' }), '111', 3)).toEqual([])
  })

  it('are those of this algorithm alone', () => {
    expect(nextChoices({ ...lab(), pools: new Map() }, '111', 3)).toEqual([])
  })
})
