import { beforeEach, expect, it, vi } from 'vitest'
import { focusFilter, onFocusFilter, setFilter, useFilter } from './filter'

beforeEach(() => setFilter(''))

it('puts a valid text in force, and nothing for an empty one', () => {
  setFilter('type:0 ')
  expect(useFilter.getState()).toMatchObject({ text: 'type:0 ', mistake: undefined })
  expect(useFilter.getState().filter?.text).toBe('type:0')
  setFilter('  ')
  expect(useFilter.getState().filter).toBeUndefined()
})

it('keeps the last valid one in force while a mistake is being typed, and says what is wrong', () => {
  setFilter('type:0')
  setFilter('type:0 clint:3')
  expect(useFilter.getState()).toMatchObject({
    text: 'type:0 clint:3',
    filter: { text: 'type:0' },
    mistake: { text: 'There is no “clint:”. Did you mean “client:”?', from: 7, to: 13 },
  })
  setFilter('type:0 client:3')
  expect(useFilter.getState().mistake).toBeUndefined()
})

it('leaves a word out that is still being written', () => {
  setFilter('type:0 cli', { from: 7, to: 10 })
  const { filter } = useFilter.getState()
  expect(filter?.text).toBe('type:0')
  setFilter('type:0 clie', { from: 7, to: 11 })
  expect(useFilter.getState().filter).toBe(filter)
  setFilter('type:0 clie')
  expect(useFilter.getState().filter?.text).toBe('type:0 clie')
  setFilter('-cli', { from: 1, to: 4 })
  expect(useFilter.getState()).toMatchObject({
    filter: { text: 'type:0 clie' },
    mistake: undefined,
  })
})

it('leads the focus to the box while there is one', () => {
  const focus = vi.fn()
  const stop = onFocusFilter(focus)
  focusFilter()
  stop()
  focusFilter()
  expect(focus).toHaveBeenCalledTimes(1)
})
