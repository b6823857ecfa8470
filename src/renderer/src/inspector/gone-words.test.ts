import { expect, it } from 'vitest'
import { goneNodeWords, goneWords } from './gone-words'

const SEARCH = { isLive: true, lastPacket: 9, isGone: false, problem: undefined }

it('a packet that comes later than the moment has not been sent yet', () => {
  expect(goneWords(10, { ...SEARCH, isLive: false })).toBe(
    'At this moment packet 10 has not been sent yet.',
  )
})

it('a packet that the history does not have, or cannot give, is no longer there', () => {
  const words = 'Packet 2 is no longer in the history.'
  expect(goneWords(2, { ...SEARCH, isGone: true })).toBe(words)
  expect(goneWords(2, { ...SEARCH, problem: 'It was closed.' })).toBe(words)
})

it('a packet that is looked up may still be there', () => {
  expect(goneWords(2, SEARCH)).toBeUndefined()
  expect(goneWords(10, SEARCH)).toBeUndefined()
})

it('says why a selected node is not shown', () => {
  expect(goneNodeWords('Server 300', true)).toBe('Server 300 is no longer in the lab.')
  expect(goneNodeWords('Server 300', false)).toBe('Server 300 is not in the lab at this moment.')
})
