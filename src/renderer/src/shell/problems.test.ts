import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import type { Problem } from '../../../shared/contract'
import { fakeBridge } from '../line/testing'
import { dismissProblem, MAX_KNOWN, startProblems, takeFault, useProblems } from './problems'

let page: EventTarget
let reported: Problem[]
let fromEngine: (problem: Problem) => void
let stop: () => void

beforeEach(() => {
  vi.stubGlobal('navigator', { userAgent: 'Browser/1' })
  page = new EventTarget()
  reported = []
  stop = startProblems(
    {
      ...fakeBridge().bridge,
      reportProblem: (problem) => reported.push(problem),
      onProblem: (listener) => {
        fromEngine = listener
        return () => {}
      },
    },
    page,
  )
})
afterEach(() => {
  stop()
  vi.unstubAllGlobals()
})

const thrown = (fields: object) => page.dispatchEvent(Object.assign(new Event('error'), fields))
const shown = () =>
  useProblems.getState().problems.map(({ message, times }) => `${times}× ${message}`)
const fault = (message: string) => Object.assign(new Error(message), { stack: '' })

describe('a fault of the page', () => {
  it('is told in words, once, and counted from then on', () => {
    const error = fault('No such node.')
    for (let time = 0; time < 3; time++) thrown({ error, message: 'Uncaught' })
    expect(shown()).toEqual([
      '3× Something went wrong in the window: No such node. The lab goes on.',
    ])
  })

  it('is told where a promise rejects, and where a worker throws', () => {
    page.dispatchEvent(Object.assign(new Event('unhandledrejection'), { reason: fault('one') }))
    thrown({ error: null, message: 'two', filename: 'worker.js', lineno: 3, colno: 4 })
    expect(shown()).toHaveLength(2)
    expect(useProblems.getState().problems[1]?.details).toContain('\n    at worker.js:3:4\n')
  })

  it('says which program and what was open, for whoever mends it', () => {
    takeFault(fault('one'), '\n    at Canvas')
    expect(reported[0]?.details).toMatch(
      /^Error: one\n\nat Canvas\nRoundabout \d+\.\d+\.\d+, window \(browser\), .+\nOpen: now, event 0, 0 nodes, dock /,
    )
  })

  it('stays away when it was dismissed', () => {
    takeFault(fault('one'))
    const [key = ''] = useProblems.getState().problems.map((known) => known.key)
    dismissProblem(key)
    takeFault(fault('one'))
    expect(useProblems.getState().problems).toMatchObject([{ times: 2, dismissed: true }])
  })

  it('is none where the browser only puts off a layout', () => {
    thrown({ message: 'ResizeObserver loop completed with undelivered notifications.' })
    expect({ shown: shown(), reported }).toEqual({ shown: [], reported: [] })
  })
})

describe('a flood', () => {
  it('of one fault reaches the log ever more rarely', () => {
    for (let time = 0; time < 1_000; time++) takeFault(fault('again'))
    expect(shown()).toEqual([expect.stringMatching(/^1000× /)])
    expect(reported).toHaveLength(10)
  })

  it('of different ones ends in one notice', () => {
    for (let number = 0; number < 1_000; number++) takeFault(fault(`fault ${number}`))
    expect(shown()).toHaveLength(MAX_KNOWN + 1)
    expect(shown().at(-1)).toMatch(/^990× More and more goes wrong in the window/)
    expect(reported).toHaveLength(MAX_KNOWN + 10)
  })

  it('of the engine ends in a notice of the engine, and leaves room for the window', () => {
    for (let number = 0; number < 100; number++) {
      fromEngine({ message: `fault ${number}`, details: 'Error' })
    }
    takeFault(fault('of the window'))
    expect(shown()).toHaveLength(MAX_KNOWN + 2)
    expect(shown().slice(-2)).toEqual([
      '90× More and more goes wrong in the engine. It goes on; save your session to be safe.',
      '1× Something went wrong in the window: of the window. The lab goes on.',
    ])
    for (let number = 0; number < 100; number++) takeFault(fault(`fault ${number}`))
    expect(shown().at(-1)).toMatch(/^91× More and more goes wrong in the window/)
  })
})

describe('a problem of the engine', () => {
  it('is shown in its own words, once, and not reported back', () => {
    const problem = { message: 'Something went wrong in the engine.', details: 'Error: x\n at y' }
    fromEngine(problem)
    fromEngine(problem)
    expect(shown()).toEqual(['2× Something went wrong in the engine.'])
    expect(reported).toEqual([])
  })
})

it('is not told any more after the end', () => {
  const listener = vi.fn()
  useProblems.subscribe(listener)
  stop()
  listener.mockClear()
  thrown({ error: fault('late'), message: 'late' })
  expect(listener).not.toHaveBeenCalled()
})
