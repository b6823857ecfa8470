import { expect, it } from 'vitest'
import { viewerNames } from './viewer-names'

it('tells viewers of the same name apart by their numbers', () => {
  const viewers = ['Ada', 'Ben', 'Ada', ''].map((name, index) => ({ viewer: index + 1, name }))
  expect([...viewerNames(viewers).values()]).toEqual([
    'Ada (viewer 1)',
    'Ben',
    'Ada (viewer 3)',
    'Viewer 4',
  ])
})
