// Frames from the engine of an earlier version: the present screen understands them.
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { differences, since } from '../../../tests/golden/later-fields'
import { plainState } from '../../../tests/golden/plain-state'
import { reduce } from '../state/reduce'
import { VOCABULARY_1 } from './format-1'
import { FrameReader } from './frame'

const GOLDEN = join(import.meta.dirname, '../../../tests/golden/recording-1')
const fileOf = (name: string) => readFileSync(join(GOLDEN, `holds-and-edits.${name}`))

it('a snapshot and the events after it amount to the state of that day', () => {
  const reader = new FrameReader()
  const snapshot = reader.read(fileOf('frame-1'))
  const events = reader.read(fileOf('frame-2'))
  if (snapshot.kind !== 'snapshot' || events.kind !== 'events') throw new Error('They are others.')
  expect([snapshot.number, events.number]).toEqual([1, 2])
  const shown = plainState(reduce(snapshot.state, events.events))
  expect(
    differences(JSON.parse(fileOf('screen.json').toString()), shown, since(VOCABULARY_1)),
  ).toEqual([])
})
