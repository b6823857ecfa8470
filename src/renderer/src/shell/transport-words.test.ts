import { expect, it } from 'vitest'
import { playTip, speedWords, stepTip } from './transport-words'

const time = { view: 'now', still: true, end: false } as const

it('says what Play does: it runs the lab, or plays the past from the moment on the screen', () => {
  expect(playTip(time)).toBe('Play: let time run')
  expect(playTip({ ...time, still: false })).toBe('Pause')
  expect(playTip({ ...time, view: 'past' })).toBe('Play from here')
  expect(playTip({ ...time, view: 'recording', still: false })).toBe('Pause here')
})

it('says where the past ends: at now; a recording begins again', () => {
  expect(playTip({ ...time, view: 'past', end: true })).toBe('Back to now, and let time run')
  expect(stepTip({ ...time, view: 'past', end: true })).toBe('Back to now')
  expect(playTip({ ...time, view: 'recording', end: true })).toBe('Play from the beginning')
})

it('says that a step pauses a lab that runs', () => {
  expect(stepTip(time)).toBe('Step to the next event')
  expect(stepTip({ ...time, still: false })).toBe('Pause, and step to the next event')
})

it('says both speeds where the machine cannot keep up', () => {
  expect(speedWords(10, undefined)).toBe('10×')
  expect(speedWords(10, 6.4321)).toBe(
    '10× is asked for, and 6.4× reached: this machine cannot keep up',
  )
})
