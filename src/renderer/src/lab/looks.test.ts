import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { fakeBridge } from '../line/testing'
import { lookAt, startLooks } from './looks'

let line: ReturnType<typeof fakeBridge>
let stop: () => void

beforeEach(() => {
  vi.useFakeTimers()
  line = fakeBridge()
  stop = startLooks(line.bridge)
})

afterEach(() => {
  vi.runAllTimers()
  stop()
  vi.useRealTimers()
})

const look = (pictures: string[], others: string[]) => ({ type: 'look', pictures, others })

it('tells the engine what all views look at, together and once', () => {
  const ends = [
    lookAt('pictures', '111'),
    lookAt('pictures', '111'),
    lookAt('pictures', '222'),
    lookAt('others', '111'),
  ]
  vi.advanceTimersByTime(0)
  expect(line.commands).toEqual([look(['111', '222'], ['111'])])
  ends[0]?.()
  vi.runAllTimers()
  expect(line.commands).toHaveLength(1)
  for (const end of ends.slice(1)) end()
})

it('waits before it gives up what nobody looks at: a view may come back', () => {
  const end = lookAt('others', '111')
  vi.runAllTimers()
  end()
  vi.advanceTimersByTime(1_000)
  const endAgain = lookAt('others', '111')
  vi.runAllTimers()
  expect(line.commands).toEqual([look([], ['111'])])
  endAgain()
  vi.advanceTimersByTime(1_999)
  expect(line.commands).toHaveLength(1)
  vi.advanceTimersByTime(1)
  expect(line.commands[1]).toEqual(look([], []))
})

it('tells it again to an engine that is reached anew', () => {
  const end = lookAt('pictures', '111')
  vi.runAllTimers()
  line.connected(false)
  line.connected(true)
  expect(line.commands).toEqual([look(['111'], []), look(['111'], [])])
  end()
})
