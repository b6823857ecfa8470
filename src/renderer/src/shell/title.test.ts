import { expect, it } from 'vitest'
import { CLASSIC_POOL } from '../../../shared/scenario'
import { windowTitle } from './title'

const live = { view: 'now', recording: '', scenario: CLASSIC_POOL.name, isViewer: false } as const

it('names the scenario, the past, a recording, and a viewer’s window', () => {
  expect(windowTitle(live)).toBe('Classic pool – Roundabout')
  expect(windowTitle({ ...live, scenario: null })).toBe('Roundabout')
  expect(windowTitle({ ...live, view: 'past', scenario: 'Lesson 3' })).toBe(
    'Past: Lesson 3 – Roundabout',
  )
  expect(windowTitle({ ...live, view: 'recording', recording: 'Tuesday' })).toBe(
    'Recording: Tuesday – Roundabout',
  )
  expect(windowTitle({ ...live, isViewer: true })).toBe('Classic pool – Roundabout (viewer)')
})
