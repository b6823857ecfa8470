// Recordings of earlier versions always open, and show the states that they showed when they were written.
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { differences, type Since, since } from '../../../tests/golden/later-fields'
import { type Json, plainState } from '../../../tests/golden/plain-state'
import { VOCABULARY_1 } from '../feed/format-1'
import { readVocabulary, type Vocabulary } from '../feed/vocabulary'
import { FORMAT_1, findBlock, formatOf, PREFIX_BYTES } from './format'
import { RecordingReader } from './reader'

const GOLDEN = join(import.meta.dirname, '../../../tests/golden')
const STATES = '.states.json'

interface Shown {
  extent: object
  states: [seq: number, state: Json][]
}

const recordings = readdirSync(GOLDEN)
  .filter((folder) => folder.startsWith('recording-'))
  .flatMap((folder) => readdirSync(join(GOLDEN, folder)).map((name) => join(folder, name)))
  .filter((name) => name.endsWith(STATES))
  .map((name) => name.slice(0, -STATES.length))

/** That of format 1 is fixed; later recordings have theirs in the head. */
function vocabularyOf(recording: Uint8Array): Vocabulary {
  if (formatOf(recording) === FORMAT_1) return VOCABULARY_1
  const head = findBlock(recording, PREFIX_BYTES)
  if (head.kind !== 'block') throw new Error('It has no head.')
  const vocabulary = readVocabulary(JSON.parse(new TextDecoder().decode(head.content)))
  if (typeof vocabulary === 'string') throw new Error(vocabulary)
  return vocabulary
}

describe('a recording of an earlier version', () => {
  it.each(recordings)('%s shows what it showed', async (name) => {
    const { extent, states }: Shown = JSON.parse(readFileSync(join(GOLDEN, name + STATES), 'utf8'))
    const reader = new RecordingReader()
    const bytes = readFileSync(join(GOLDEN, name))
    // What a crash left behind has no end.
    const isComplete = !name.endsWith('.part')
    expect(await (isComplete ? reader.open(bytes) : reader.append(bytes))).toEqual(extent)
    expect(states.length).toBeGreaterThan(1)
    const changes = since(vocabularyOf(bytes))
    for (const [seq, state] of states) {
      const shown = plainState(await reader.seek({ seq }))
      expect(differences(state, shown, changes)).toEqual([])
    }
  })
})

describe('a field that was added later', () => {
  const golden: Json = { nodes: [['server:1', { id: 'server:1', port: 5000 }]] }
  const later: Since = { added: new Map([['weight', [1]]]), retired: new Map() }
  const withField = (field: { [key: string]: Json }): Json => ({
    nodes: [['server:1', { id: 'server:1', port: 5000, ...field }]],
  })

  it('is there in what an older file shows, at its default', () => {
    expect(differences(golden, withField({ weight: 1 }), later)).toEqual([])
  })

  it('is a difference with another value, and where it has no default', () => {
    expect(differences(golden, withField({ weight: 2 }), later)).toEqual([
      '.nodes[0][1].weight: 2 is new',
    ])
    expect(differences(golden, withField({ label: 'left' }), later)).toEqual([
      '.nodes[0][1].label: "left" is new',
    ])
  })

  it('hides no other difference', () => {
    const changed: Json = { nodes: [['server:1', { id: 'server:1', weight: 1 }]] }
    expect(differences(golden, changed, later)).toEqual(['.nodes[0][1].port: is gone'])
    expect(differences(golden, { nodes: [] }, later)).toEqual(['.nodes: 0 items in place of 1'])
    expect(differences(golden, withField({ port: 5001 }), later)).toEqual([
      '.nodes[0][1].port: 5001 in place of 5000',
    ])
  })
})

it('a field that was retired is compared with what stands in its place', () => {
  const changes: Since = {
    added: new Map([['attempt', [1]]]),
    retired: new Map([['turn', ({ turn = 0 }) => ({ reason: { by: 'roundRobin', turn } })]]),
  }
  const golden: Json = { decision: { turn: 2, next: '7' } }
  const shown = (turn: number): Json => ({
    decision: { attempt: 1, reason: { by: 'roundRobin', turn }, next: '7' },
  })
  expect(differences(golden, shown(2), changes)).toEqual([])
  expect(differences(golden, shown(1), changes)).toEqual(['.decision.reason.turn: 1 in place of 2'])
})
