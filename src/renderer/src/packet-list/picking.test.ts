import { expect, it } from 'vitest'
import { testPackets, testState } from '../lab/testing'
import { MAX_PICKED, pickSpan, togglePick } from './picking'
import { rowsOf } from './rows'

const NONE = { selected: undefined, picked: new Set<number>() }

it('adds one by one, beginning with the one that was selected', () => {
  const one = togglePick({ selected: 5, picked: new Set() }, 9)
  expect(one).toEqual({ selected: 9, picked: new Set([5, 9]) })
  expect(togglePick(one, 7)).toEqual({ selected: 7, picked: new Set([5, 9, 7]) })
})

it('takes one away that was picked; another one is selected then', () => {
  const three = { selected: 7, picked: new Set([5, 9, 7]) }
  expect(togglePick(three, 7)).toEqual({ selected: 9, picked: new Set([5, 9]) })
  expect(togglePick({ selected: 5, picked: new Set([5]) }, 5)).toEqual(NONE)
})

const newestFirst = { key: 'id', descending: true } as const

it('picks a span of rows in either direction, and selects its end', () => {
  const rows = rowsOf(testState(testPackets(1, 10)), newestFirst, undefined, undefined)
  expect(pickSpan(rows, 1, 3)).toEqual({ selected: 7, picked: new Set([9, 8, 7]), cut: false })
  expect(pickSpan(rows, 3, 1)).toEqual({ selected: 9, picked: new Set([7, 8, 9]), cut: false })
  expect(pickSpan(rows, 2, 2)).toEqual({ selected: 8, picked: new Set([8]), cut: false })
})

it('picks no more than can be picked, and says so', () => {
  const state = testState(testPackets(MAX_PICKED + 1, MAX_PICKED + 5))
  const rows = rowsOf(state, newestFirst, undefined, undefined)
  const { picked, selected, cut } = pickSpan(rows, 0, rows.count - 1)
  expect([picked.size, selected, cut]).toEqual([MAX_PICKED, 6, true])
  expect(togglePick({ selected, picked }, 1).picked.size).toBe(MAX_PICKED)
})
