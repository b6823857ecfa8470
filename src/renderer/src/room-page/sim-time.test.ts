import { expect, it } from 'vitest'
import type { LabMoment } from '../../../shared/room/class-picture'
import { SimTime } from './sim-time'

const moment = (at: number, speed: number): LabMoment => ({
  number: 1,
  at,
  speed,
  served: [],
  standings: [],
  next: [],
  packets: [],
  inFlight: 0,
  answered: 0,
  failed: 0,
})

it('runs on between pictures, and never back while time runs', () => {
  const time = new SimTime()
  const first = moment(1_000, 2)
  expect(time.at(first, 0)).toBe(1_000)
  expect(time.at(first, 100)).toBe(1_200)
  const late = moment(1_150, 2)
  expect(time.at(late, 100)).toBe(1_200)
  expect(time.at(moment(1_500, 2), 110)).toBe(1_500)
})

it('stands where the lab is paused', () => {
  const time = new SimTime()
  time.at(moment(1_000, 1), 0)
  const paused = moment(1_050, 0)
  expect(time.at(paused, 100)).toBe(1_050)
  expect(time.at(paused, 9_000)).toBe(1_050)
})

it('is the lab’s again that began anew', () => {
  const time = new SimTime()
  time.at(moment(60_000, 1), 0)
  expect(time.at(moment(0, 1), 10)).toBe(0)
})
