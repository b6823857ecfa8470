import { expect, it } from 'vitest'
import { playLesson } from './player'
import { SAMPLE, SAMPLE_SOLUTIONS } from './sample'

const solutions = (title: string) => SAMPLE_SOLUTIONS[title]

it('the sample lesson is played with right and with wrong answers', async () => {
  const truths = (await playLesson(SAMPLE, 'any', { solutions })).map(({ truth }) => truth)
  const right = await playLesson(SAMPLE, 'right', { truths, solutions })
  const wrong = await playLesson(SAMPLE, 'wrong', { truths, solutions })
  const rest = [null, ...Array(5).fill('right'), 'done', 'done']
  expect(right.map(({ outcome }) => outcome)).toEqual(rest)
  expect(wrong.map(({ outcome }) => outcome)).toEqual(
    rest.map((outcome) => (outcome === 'right' ? 'wrong' : outcome)),
  )
  expect(wrong[1]?.difference).toBe(
    'You expected server 300; it was server 100, whose turn came next.',
  )
})
