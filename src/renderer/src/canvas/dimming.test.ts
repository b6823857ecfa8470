import { expect, test } from 'vitest'
import { type Filter, parseFilter } from '../../../shared/filter/filter'
import { packetWith, stateWith } from '../lab/testing'
import { faintBy, inLightSelector } from './dimming'

function filterOf(text: string): Filter {
  const parsed = parseFilter(text)
  if (!parsed.ok) throw new Error(parsed.error)
  return parsed.filter
}

const FROM_ONE = packetWith({ id: 1 })
const FROM_TWO = packetWith({ id: 2, from: 'client:2', status: 'delivered', endedAt: 600 })

test('those that have a part in a matching packet stay in the light, the proxy always', () => {
  const inLight = inLightSelector(filterOf('client:2'))
  expect(inLight(stateWith([FROM_ONE, FROM_TWO]))).toEqual(new Set(['proxy', 'client:2']))
  expect(inLightSelector(filterOf('client:9'))(stateWith([FROM_ONE]))).toEqual(new Set(['proxy']))
})

test('the same set is given as long as it is of the same nodes', () => {
  const inLight = inLightSelector(filterOf('type:0'))
  const before = inLight(stateWith([FROM_ONE]))
  expect(inLight(stateWith([FROM_ONE, packetWith({ id: 2 })]))).toBe(before)
  expect(inLight(stateWith([FROM_ONE, FROM_TWO]))).not.toBe(before)
})

test('a packet is asked once, and again when it has changed', () => {
  const filter = filterOf('type:0')
  let asked = 0
  const counting: Filter = {
    text: filter.text,
    matches: () => {
      asked++
      return false
    },
  }
  const inLight = inLightSelector(counting)
  inLight(stateWith([FROM_ONE]))
  inLight(stateWith([FROM_ONE, FROM_TWO]))
  expect(asked).toBe(2)
  inLight(stateWith([{ ...FROM_ONE, verdict: 'wrong' }, FROM_TWO]))
  expect(asked).toBe(3)
})

test('only the newest packets count, and those still under way', () => {
  const old = Array.from({ length: 3_100 }, (_, index) =>
    packetWith({
      id: index + 1,
      from: `client:${index < 50 ? 'old' : 'new'}`,
      status: index === 0 ? 'flying' : 'delivered',
      ...(index === 0 ? { from: 'client:waiting' } : {}),
    }),
  )
  expect(inLightSelector(filterOf('type:0'))(stateWith(old))).toEqual(
    new Set(['proxy', 'client:new', 'client:waiting']),
  )
})

test('packets that do not match are faint; without a filter none is', () => {
  const state = stateWith([FROM_ONE, packetWith({ id: 2, from: 'client:2' })])
  const isFaint = faintBy(filterOf('client:2'), () => state)
  expect([isFaint?.(1), isFaint?.(2), isFaint?.(3)]).toEqual([true, false, false])
  expect(faintBy(undefined, () => state)).toBeUndefined()
})
