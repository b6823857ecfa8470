import { describe, expect, it } from 'vitest'
import { SHADOW_ORDER } from '../../../shared/decision/others'
import type { Decision, ShadowTally } from '../../../shared/state/state'
import { othersOf } from './others'

const decision: Decision = {
  exchange: 1,
  attempt: 1,
  policy: '111',
  algorithm: 'maglev',
  server: 'a',
  candidates: ['a', 'b'],
  passedOver: [],
  reason: null,
  next: null,
  at: 5,
  others: { message: 4, chosen: SHADOW_ORDER.map((name) => (name === 'random' ? 'b' : 'a')) },
}
const tally: ShadowTally = {
  since: 2,
  messages: 4,
  elsewhere: SHADOW_ORDER.map((name) => (name === 'random' ? 3 : 0)),
  servers: ['gone', 'b', 'a'],
  given: SHADOW_ORDER.map((name) => (name === 'random' ? [1, 2, 1] : [0, 0, 4])),
}

describe('what the others would have picked', () => {
  it('has the pool’s own algorithm first, and then all others in their order', () => {
    const rows = othersOf(decision, undefined)
    expect(rows.map(({ algorithm }) => algorithm)).toEqual([
      'maglev',
      ...SHADOW_ORDER.filter((name) => name !== 'maglev'),
    ])
    expect(rows.filter(({ isOwn }) => isOwn)).toHaveLength(1)
    expect(rows[0]).toMatchObject({ server: 'a', elsewhere: undefined, shares: [] })
  })

  it('says how often each differed, and what each server would have got, in the candidates’ order', () => {
    const random = othersOf(decision, tally).find(({ algorithm }) => algorithm === 'random')
    expect(random).toMatchObject({ server: 'b', elsewhere: 3 })
    expect(random?.shares).toEqual([
      { server: 'a', place: 0, share: 0.25 },
      { server: 'b', place: 1, share: 0.5 },
      { server: 'gone', place: 2, share: 0.25 },
    ])
    expect(othersOf(decision, tally)[0]?.shares).toEqual([{ server: 'a', place: 0, share: 1 }])
  })

  it('is nothing where nobody looked, and less in a recording of fewer algorithms', () => {
    const { others: _, ...unwatched } = decision
    expect(othersOf(unwatched, tally)).toEqual([])
    const older = { ...decision, others: { message: 1, chosen: ['a', 'b'] } }
    expect(othersOf(older, undefined).map(({ algorithm }) => algorithm)).toEqual(
      SHADOW_ORDER.slice(0, 2),
    )
  })
})
