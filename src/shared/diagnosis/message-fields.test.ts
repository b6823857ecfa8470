import { expect, it } from 'vitest'
import { fieldLines } from './message-fields'

it('lists fields as written, in the protocol’s order, and says which are absent', () => {
  const lines = fieldLines(0, { payload: 'xyz4', privPoliId: '111', srcid: '4', type: '0' })
  expect(lines.map(({ name, value }) => [name, value])).toEqual([
    ['type', '"0"'],
    ['srcid', '"4"'],
    ['privPoliId', '"111"'],
    ['payloadsize', undefined],
    ['payload', '"xyz4"'],
  ])
})

it('shows the policy under the key that was used', () => {
  const lines = fieldLines(1, { type: 1, id: 7, privPoliId: 111, listenport: 5000 })
  expect(lines.map((line) => line.name)).toEqual(['type', 'id', 'privPoliId', 'listenport'])
})

it('marks fields beyond the protocol, but not the error of an error answer', () => {
  const error = { code: 'NO_SERVER_FOR_POLICY', message: '' }
  expect(fieldLines('error', { type: 2, error, mood: 'fine' }).slice(-2)).toMatchObject([
    { name: 'error', extra: false },
    { name: 'mood', value: '"fine"', extra: true },
  ])
  expect(fieldLines(2, { type: 2, error }).at(-1)).toMatchObject({ name: 'error', extra: true })
})

it('is not fooled by names that every object has', () => {
  expect(fieldLines(0, {}).every((line) => line.value === undefined)).toBe(true)
})
