// A head with names that no version can have written, or a harmful one, is refused in words.

import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { deflate } from '../../../tests/support/recorded-stories'
import type { LabEvent } from '../events'
import { sliceOf } from '../feed/event-bytes'
import { VOCABULARY } from '../feed/vocabulary'
import { INITIAL_STATE } from '../state/reduce'
import { encodeBlockOf, encodePrefix, MAX_HEAD_BYTES, PREFIX_BYTES, VERSION } from './format'
import { readHead, writeHead } from './head'
import { RecordingReader } from './reader'
import { encodeBlock, encodeEnd } from './writer'

const HEAD = { format: VERSION, startedAt: 5, app: '0.9', ...VOCABULARY }
const EVENT: LabEvent = { seq: 1, at: 5, type: 'links.changed', latencyMs: 3 }

const prefixOf = (format: number) => {
  const prefix = encodePrefix()
  prefix[PREFIX_BYTES - 1] = format
  return prefix
}

/** What is said of a recording with this text as its head; undefined: it is opened. */
async function refusal(text: string, format = VERSION): Promise<string | undefined> {
  const block = await encodeBlock(
    { slice: sliceOf([EVENT]), realTimes: [1], before: INITIAL_STATE },
    deflate,
  )
  const head = encodeBlockOf('HEAD', new TextEncoder().encode(text))
  const reader = new RecordingReader()
  try {
    await reader.open(Buffer.concat([prefixOf(format), head, block, encodeEnd()]))
    return undefined
  } catch (error) {
    expect(reader.extent.lastSeq).toBe(0)
    return error instanceof Error ? error.message : 'not an Error'
  }
}

/** The same head with one list of its vocabulary changed. */
function changed<L extends 'types' | 'shapes' | 'choices'>(
  list: L,
  change: (items: (typeof VOCABULARY)[L][number][]) => readonly object[],
): string {
  return JSON.stringify({ ...HEAD, [list]: change([...VOCABULARY[list]]) })
}

const without = (name: string, field: string) =>
  changed('types', (types) =>
    types.map((type) =>
      type.name === name
        ? {
            ...type,
            fields: type.fields.filter((known) => known !== field),
            bytes: type.bytes?.filter((known) => known !== field) ?? [],
          }
        : type,
    ),
  )
const more = (type: object) => changed('types', (types) => [...types, type])

describe('a head', () => {
  it('is read where nothing was changed, and where it has more in it', async () => {
    expect(await refusal(JSON.stringify(HEAD))).toBeUndefined()
    expect(await refusal(JSON.stringify({ ...HEAD, lesson: { name: 'x' } }))).toBeUndefined()
    expect(await refusal(more({ name: 'a', fields: ['b'] }))).toBeUndefined()
  })

  it('of this version needs no translation', () => {
    const content = new TextEncoder().encode(writeHead({ startedAt: 5, app: '0.9' }))
    const head = { startedAt: 5, app: '0.9' }
    expect(readHead(content, VERSION)).toEqual({ ok: true, head, translation: undefined })
  })

  it.each([
    ['no JSON', '{', 'it does not say what it is'],
    ['no object', '[]', 'it does not say what it is'],
    [
      'no names',
      JSON.stringify({ format: VERSION, startedAt: 5, app: '' }),
      'its names are none (types)',
    ],
    ['names that are none', JSON.stringify({ ...HEAD, types: 7 }), 'its names are none (types)'],
    ['a type twice', more({ name: 'log', fields: [] }), 'it names “log” twice'],
    ['a field twice', more({ name: 'a', fields: ['b', 'b'] }), 'it names the field “b” of a twice'],
    [
      'bytes that are no field',
      more({ name: 'a', fields: ['b'], bytes: ['c'] }),
      'a has no field “c”',
    ],
    [
      'a field that is no text',
      more({ name: 'a', fields: [1] }),
      `its names are none (types.${VOCABULARY.types.length}.fields.0)`,
    ],
    [
      'a name that is too long',
      more({ name: 'a'.repeat(101), fields: [] }),
      `its names are none (types.${VOCABULARY.types.length}.name)`,
    ],
    [
      'very many types',
      changed('types', () =>
        Array.from({ length: 1_001 }, (_, n) => ({ name: `${n}`, fields: [] })),
      ),
      'its names are none (types)',
    ],
    ['a huge length', `{"a":"${'x'.repeat(MAX_HEAD_BYTES)}"}`, 'it is longer than any head is'],
    ['no packets', changed('types', (types) => types.slice(1)), 'it has no packets'],
    ['no states', changed('shapes', () => []), 'it has no states that can be shown'],
    ['a field too few', without('log', 'level'), 'log has no “level”'],
    [
      'bytes that are none',
      changed('types', (types) => types.map(({ name, fields }) => ({ name, fields }))),
      'packet.sent has no “bytes”',
    ],
    [
      'other bytes first',
      changed('types', (types) =>
        types.map((type) =>
          type.name === 'packet.sent'
            ? { ...type, fields: ['more', ...type.fields], bytes: ['more', 'bytes'] }
            : type,
        ),
      ),
      'packet.sent has bytes before those that are known',
    ],
  ])('with %s is refused in words', async (_what, text, words) => {
    expect(await refusal(text)).toBe(`It is damaged in its head, at byte 16: ${words}.`)
  })

  it('of a newer format may lack what is needed, but for packets and states', async () => {
    const newer = (text: string) => text.replace(`"format":${VERSION}`, `"format":${VERSION + 1}`)
    expect(await refusal(newer(without('log', 'level')), VERSION + 1)).toBeUndefined()
    for (const type of ['packet.sent', 'packet.carried']) {
      expect(await refusal(newer(without(type, 'bytes')), VERSION + 1)).toBe(
        `It was written by a newer Roundabout (0.9), which this one cannot read: ${type} has no “bytes”.`,
      )
    }
  })

  it('is refused or read, whatever was written in it, and never hangs or crashes', async () => {
    const text = JSON.stringify(HEAD)
    const places = [...text.matchAll(/(?<=[[,:])("(?:[^"\\]|\\.)*"|\d+)/g)]
    const values = fc.constantFrom(
      ...['null', '-1', '1e999', '""', '"log"', '"bytes"', '"packet.sent"', '"__proto__"', '[]'],
      ...['{}', '{"__proto__":{"x":1}}', '"\\ud800"', '"state"', '0', '"constructor"'],
    )
    let refused = 0
    await fc.assert(
      fc.asyncProperty(fc.nat(), values, async (where, value) => {
        const place = places[where % places.length]
        if (place === undefined) throw new Error('There is no place.')
        const end = place.index + place[0].length
        const said = await refusal(text.slice(0, place.index) + value + text.slice(end))
        if (said === undefined) return
        refused++
        expect(said).toMatch(/^It (is|was) .+\.$/)
      }),
      { numRuns: 300 },
    )
    expect(refused).toBeGreaterThan(100)
  })
})
