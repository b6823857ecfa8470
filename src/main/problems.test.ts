import { beforeEach, expect, it } from 'vitest'
import type { Problem } from '../shared/contract'
import { MAX_PER_MINUTE, Problems } from './problems'

let problems: Problems
let now: number
let logged: string[]
let shown: Problem[]
let failed: unknown[]
let ended: string[]

beforeEach(() => {
  now = 0
  ;[logged, shown, failed, ended] = [[], [], [], []]
  problems = new Problems({
    version: '1.2.3',
    log: ({ message }) => logged.push(message),
    failToStart: (fault) => failed.push(fault),
    end: (words) => ended.push(words),
    nowMs: () => now,
  })
})

const goOn = () => problems.keepRunning((problem) => shown.push(problem))

it('is logged and shown as a sentence, and the process keeps running', () => {
  goOn()
  problems.handle(new Error('The table is gone.'))
  expect(logged).toEqual(['The table is gone.'])
  expect(shown.map(({ message }) => message)).toEqual([
    'Something went wrong in the engine: The table is gone. It goes on; save your session to be safe.',
  ])
  const details = shown[0]?.details.split('\n') ?? []
  expect(details[0]).toBe('Error: The table is gone.')
  expect(details[1]).toContain('problems.test.ts')
  expect(details.at(-1)).toMatch(/^Roundabout 1\.2\.3, engine, /)
  expect({ failed, ended }).toEqual({ failed: [], ended: [] })
})

it('ends what has not begun yet, once', () => {
  const fault = new Error('no port')
  problems.handle(fault)
  problems.handle(new Error('and more'))
  expect(failed).toEqual([fault])
  expect({ shown, ended }).toEqual({ shown: [], ended: [] })
})

it('ends the process once if errors do not stop, with a sentence', () => {
  goOn()
  for (let time = 0; time <= MAX_PER_MINUTE + 10; time++)
    problems.handle(new Error(`fault ${time}`))
  expect(shown).toHaveLength(MAX_PER_MINUTE)
  expect(ended).toEqual([
    expect.stringMatching(/keeps going wrong in the engine: fault 100\. .*offered at the next/),
  ])
})

it('keeps the process running while errors come one at a time', () => {
  goOn()
  for (let time = 0; time <= 5 * MAX_PER_MINUTE; time++) {
    now += 601
    problems.handle(new Error('again'))
  }
  expect(ended).toEqual([])
})
