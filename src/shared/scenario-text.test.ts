import fc from 'fast-check'
import { expect, it } from 'vitest'
import { CLASSIC_POOL } from './scenario'
import { writeScenario } from './scenario-file'
import { readScenario } from './scenario-text'

const TEXT = writeScenario(CLASSIC_POOL)
const wordsOf = (text: string) => {
  const read = readScenario(text, 'file')
  return read.ok ? 'fine' : read.error
}

it('reads what the app writes, also with a mark before it and other line ends', () => {
  for (const text of [TEXT, `\ufeff${TEXT}`, TEXT.replaceAll('\n', '\r\n')])
    expect(readScenario(text, 'file')).toEqual({ ok: true, scenario: CLASSIC_POOL })
})

it.each([
  ['', 'It is empty.'],
  [' \n', 'It is empty.'],
  [
    TEXT.replace('"policy": "111" },', '"policy": "111" }'),
    'Line 7, column 5: a comma is missing.',
  ],
  [TEXT.replace('"id": "200"', 'id: "200"'), /^Line 7, column 7: a word that is not in quotes\.$/],
  [TEXT.replace('"222" }', '"222 }'), /^Line 7, column \d+: the text has no closing quotes/],
  [TEXT.replace('"version": 5,', '"version": 5, // mine'), /^Line 3, column 17: a comment/],
  [TEXT.trimEnd().slice(0, -1), /^Line \d+, column \d+: a closing brace is missing/],
  ['{ "format": ', /^Line 1, column \d+: the file ends in the middle\.$/],
  [`${TEXT}x`, /^Line 20, column 1: /],
  [TEXT.replace('"policy": "222"', '"polcy": "222"'), /^servers\[1\]\.\w+ \(line 7\): /],
  [TEXT.replace('"200"', '"100"'), /^servers\[1\]\.id \(line 7\): The id is that of servers\[0\]/],
  // A newer version may have other fields, but no lab is without servers.
  [
    TEXT.replace('"version": 5', '"version": 7').replace('"servers"', '"servants"'),
    /^servers.*: It is missing/,
  ],
  ['[]', /^It is no scenario of Roundabout/],
])('says where something is wrong: %#', (text, words) => {
  expect(wordsOf(text)).toMatch(words)
})

it('answers to any text', () => {
  const deep = 200_000
  expect(wordsOf('['.repeat(deep))).toMatch(/\.$/)
  expect(wordsOf('['.repeat(deep) + ']'.repeat(deep))).toMatch(/\.$/)
  expect(
    wordsOf(TEXT.replace('"servers": [', `"x": ${'['.repeat(deep)}${']'.repeat(deep)},`)),
  ).toMatch(/\.$/)
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), fc.nat(), fc.nat(), (noise, at, length) => {
      const from = at % TEXT.length
      const damaged = TEXT.slice(0, from) + noise + TEXT.slice(from + (length % 40))
      expect(wordsOf(noise)).toMatch(/\.$/)
      expect(wordsOf(damaged)).toMatch(/\.$|^fine$/)
    }),
    { numRuns: 500 },
  )
})
