import { expect, it } from 'vitest'
import { changesOf } from './changes'

const bytesOf = (text: string) => new TextEncoder().encode(text)

it('tells the fields that were changed, added and taken away', () => {
  expect(
    changesOf(bytesOf('{"a":1,"b":"x","c":[1]}'), bytesOf('{"a": 1,"b":"y","d":true}')),
  ).toEqual([
    { name: 'b', before: '"x"', after: '"y"' },
    { name: 'c', before: '[1]', after: undefined },
    { name: 'd', before: undefined, after: 'true' },
  ])
})

it('tells a number from the text that looks like it', () => {
  expect(changesOf(bytesOf('{"a":1}'), bytesOf('{"a":"1"}'))).toEqual([
    { name: 'a', before: '1', after: '"1"' },
  ])
})

it('compares no fields where there are none', () => {
  expect(changesOf(bytesOf('{"a":1}'), bytesOf('{"a":1'))).toBeUndefined()
})
