import { expect, it } from 'vitest'
import { examples } from './examples'

it('every example is a lesson with a short title, and says what it shows', () => {
  const groups = examples()
  expect(groups.map(([, list]) => list.length > 3)).toEqual([true, true, true])
  const all = groups.flatMap(([, list]) => list)
  expect(all.filter(({ scenario, hint }) => scenario.name.length > 40 || hint === '')).toEqual([])
  // Some have the same title; they say what is different.
  const names = all.map(({ scenario, hint }) => `${scenario.name}: ${hint}`)
  expect(new Set(names).size).toBe(names.length)
})

it('the lessons on load are together, with the words to look for', () => {
  const titles = (group: string) =>
    examples()
      .filter(([name]) => name === group)
      .flatMap(([, list]) => list.map(({ scenario }) => scenario.name))
  expect(titles('Load and links')).toContain('The knee')
  expect(titles('Servers that fail, limits and queues')).toContain('A retry budget')
  expect(titles('Algorithms')).toContain('Maglev')
})
