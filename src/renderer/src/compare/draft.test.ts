import { expect, it } from 'vitest'
import { POOL_SETTINGS } from '../../../shared/settings/pool'
import { INITIAL_STATE } from '../../../shared/state/reduce'
import { firstDraft, poolOf, problemIn, serverIn, withAnother, withPool, withServer } from './draft'

const server = (policy: string) => ({ id: `server:${policy}`, role: 'server', policy })
const nodes = new Map(['111', '222'].map((policy) => [policy, server(policy)])) as never
const STATE = { ...INITIAL_STATE, nodes }
const algorithmsIn = (draft: ReturnType<typeof firstDraft>) =>
  draft.map(({ pools }) => pools.map(({ algorithm }) => algorithm))

it('begins with the lab’s own pools beside another algorithm, and keeps their other settings', () => {
  const draft = firstDraft(STATE, [{ policy: '222', algorithm: 'random', queue: 'off' }])
  expect(draft).toEqual([
    {
      name: 'As in the lab',
      pools: [{ policy: '111' }, { policy: '222', algorithm: 'random', queue: 'off' }],
    },
    {
      name: 'Least connections',
      pools: [
        { policy: '111', algorithm: 'least-connections' },
        { policy: '222', algorithm: 'least-connections', queue: 'off' },
      ],
    },
  ])
})

it('adds algorithms that none has so far, and not more than four', () => {
  let draft = firstDraft(STATE)
  for (let times = 0; times < 5; times++) draft = withAnother(draft)
  expect(draft).toHaveLength(4)
  expect(new Set(algorithmsIn(draft).map(([first]) => first)).size).toBe(4)
})

function changed(draft: ReturnType<typeof firstDraft>, values: Record<string, unknown>) {
  const next = withPool(draft, 0, '111', values)
  if (typeof next === 'string') throw new Error(next)
  return next
}

it('names an entry by its algorithm, unless the person has named it', () => {
  const draft = changed(firstDraft(STATE), { algorithm: 'random' })
  expect(draft[0]?.name).toBe('Random')
  const own = [{ name: 'Mine', pools: [] }, ...draft.slice(1)]
  expect(changed(own, { algorithm: 'random' })[0]).toEqual({
    name: 'Mine',
    pools: [{ policy: '111', algorithm: 'random' }],
  })
})

it('changes whatever a pool has, of one lab and one policy', () => {
  const draft = changed(changed(firstDraft(STATE), { retries: {} }), { panicPercent: 30 })
  expect(draft[0]?.name).toBe('Round-robin')
  const [other, own] = draft[0]?.pools ?? []
  expect(other).toEqual({ policy: '222' })
  expect(own).toMatchObject({ policy: '111', panicPercent: 30 })
  expect(poolOf(draft[0] ?? { name: '', pools: [] }, '111').retries).toMatchObject({
    max: POOL_SETTINGS.retries.settings.max.default,
  })
  expect(draft[1]).toEqual(firstDraft(STATE)[1])
  // What is as it was leaves no trace.
  expect(changed(draft, { retries: 'off', panicPercent: 0 })[0]?.pools).toEqual([
    { policy: '222' },
    { policy: '111' },
  ])
})

it('refuses a value that a pool cannot have, in words', () => {
  expect(withPool(firstDraft(STATE), 0, '111', { panicPercent: 900 })).toMatch(/100/)
  expect(withPool(firstDraft(STATE), 0, '111', { queue: { limit: 'many' } })).toEqual(
    expect.any(String),
  )
})

it('gives a server another weight or limit in one lab, and forgets what is as in the lab', () => {
  const own = { id: '100', settings: { weight: 2, maxConnections: 0 } }
  const set = (draft: ReturnType<typeof firstDraft>, values: Record<string, unknown>) => {
    const next = withServer(draft, 1, own, values)
    if (typeof next === 'string') throw new Error(next)
    return next
  }
  const draft = set(firstDraft(STATE), { weight: 5 })
  expect(draft.map(({ servers }) => servers)).toEqual([undefined, [{ id: '100', weight: 5 }]])
  expect(draft[1] && serverIn(draft[1], own)).toMatchObject({ weight: 5, maxConnections: 0 })
  const both = set(draft, { maxConnections: 3 })
  expect(both[1]?.servers).toEqual([{ id: '100', weight: 5, maxConnections: 3 }])
  expect(set(set(both, { weight: 2 }), { maxConnections: 0 })).toEqual(firstDraft(STATE))
  expect(withServer(draft, 1, own, { weight: 900 })).toMatch(/256/)
})

it('says what keeps it from being compared', () => {
  const draft = firstDraft(STATE)
  const [one] = draft
  const clients = [{ id: '1', policy: '111', payload: '' }]
  expect(problemIn(draft, { clients }, false)).toMatch(/^No client sends by itself/)
  expect(problemIn(draft, { clients }, true)).toBeUndefined()
  expect(problemIn(one ? [one, one] : [], { clients }, true)).toMatch(/the same name/)
  expect(problemIn([{ name: ' ', pools: [] }], { clients }, true)).toMatch(/needs a name/)
})
