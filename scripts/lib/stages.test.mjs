// What a run of stages prints and counts, with invented stages.
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { ROOT } from './project.mjs'
import { afterSecondTry, countTests, failuresIn, Stages } from './stages.mjs'

describe('countTests', () => {
  const report = { numPassedTests: 5, numFailedTests: 0, numPendingTests: 2, numTodoTests: 1 }

  it("takes the runner's numbers", () => {
    expect(countTests(0, report)).toEqual({ passed: 5, failed: 0, skipped: 3 })
    expect(countTests(1, { ...report, numFailedTests: 4 })).toMatchObject({ failed: 4 })
  })

  it('counts a failure that no test owns', () => {
    expect(countTests(1, report)).toMatchObject({ failed: 1 })
    expect(countTests(137, undefined)).toEqual({ passed: 0, failed: 1, skipped: 0 })
  })
})

describe('failuresIn', () => {
  const file = (results) => ({ name: join(ROOT, 'tests/a.test.ts'), message: '', ...results })

  it('names each failed test, and what a file says outside its tests', () => {
    const passed = { fullName: 'a works', status: 'passed', failureMessages: [] }
    const failed = {
      fullName: 'a b',
      status: 'failed',
      failureMessages: ['\u001b[31mno\u001b[39m'],
    }
    const testResults = [
      file({ assertionResults: [passed, failed] }),
      file({ assertionResults: [passed] }),
      file({ assertionResults: [], message: 'It cannot be loaded.' }),
    ]
    expect(failuresIn({ testResults })).toEqual([
      { path: 'tests/a.test.ts', name: 'a b', message: 'no' },
      { path: 'tests/a.test.ts', name: 'outside its tests', message: 'It cannot be loaded.' },
    ])
    expect(failuresIn(undefined)).toEqual([])
  })
})

describe('afterSecondTry', () => {
  const failure = (name) => ({ path: 'tests/a.test.ts', name, message: 'no' })
  const first = { passed: 8, failed: 2, skipped: 1, files: [], failures: ['a', 'b'].map(failure) }

  it('counts what passed at the second try, and lists it as unstable', () => {
    const second = { passed: 2, failed: 1, skipped: 0, files: [], failures: [failure('b')] }
    expect(afterSecondTry(first, second)).toEqual({
      passed: 9,
      failed: 1,
      skipped: 1,
      files: [],
      failures: [failure('b')],
      unstable: [failure('a')],
    })
  })

  it('keeps a failure that only the second try had', () => {
    const second = { passed: 2, failed: 1, skipped: 0, files: [], failures: [failure('c')] }
    expect(afterSecondTry(first, second)).toMatchObject({ failed: 1, failures: [failure('c')] })
  })
})

describe('Stages', () => {
  /** Without the times, which differ from run to run. */
  function printed() {
    const lines = []
    const stages = new Stages((text) => lines.push(...text.replace(/\d+\.\d s/, '… s').split('\n')))
    return { lines, stages }
  }
  const stage = (name, counts) => ({ name, work: async () => counts })

  it('adds up the tests of all stages, and closes with one line', async () => {
    const { lines, stages } = printed()
    await stages.run(stage('one', { passed: 1 }))
    await stages.runTogether([
      [stage('two', { passed: 2, failed: 1 })],
      [stage('three', { passed: 3, skipped: 4 })],
    ])
    expect(stages.finish()).toBe(1)
    expect(lines).toContain('── one: passed, … s')
    expect(lines).toContain('── two: FAILED (1), … s')
    expect(lines.at(-1)).toBe('6 passed, 1 failed, 4 skipped')
  })

  it('lists unstable tests without failing for them', async () => {
    const { lines, stages } = printed()
    const unstable = [{ path: 'tests/a.test.ts', name: 'a b', message: 'not at first' }]
    await stages.run(stage('one', { passed: 2, unstable }))
    expect(stages.finish()).toBe(0)
    const at = lines.indexOf('Unstable, failed and then passed by itself: tests/a.test.ts (one)')
    expect(lines.slice(at, at + 3).slice(1)).toEqual(['  a b', '    not at first'])
  })

  it('names the stage in each line of those that run at the same time, or one after the other beside others', async () => {
    const { lines, stages } = printed()
    let finishFirst
    const last = async (show) => {
      show('after a')
      return { passed: 1 }
    }
    const first = async (show) => {
      show('begins first')
      await new Promise((resolve) => {
        finishFirst = resolve
      })
      show('ends late')
      return { passed: 1 }
    }
    const second = async (show) => {
      show('in between')
      finishFirst()
      return { passed: 1 }
    }
    await stages.runTogether([
      [
        { name: 'a', work: first },
        { name: 'last', work: last },
      ],
      [{ name: 'second', work: second }],
    ])
    expect(lines[1]).toBe('── at the same time: a, then last; second')
    expect(lines.filter((line) => line.includes('│'))).toEqual([
      'a      │ begins first',
      'second │ in between',
      'a      │ ends late',
      'last   │ after a',
    ])
    expect(lines.slice(-1)).toEqual(['── last: passed, … s'])
  })

  it('counts a stage that throws as one failure, and lets the others finish', async () => {
    const { lines, stages } = printed()
    const broken = { name: 'broken', work: () => Promise.reject(new Error('no such program')) }
    await stages.runTogether([[broken, stage('whole', { passed: 5 })]])
    expect(stages.finish()).toBe(1)
    expect(lines.join('\n')).toMatch(/broken │ Error: no such program/)
    expect(lines.at(-1)).toBe('5 passed, 1 failed, 0 skipped')
  })

  it('lists the ten slowest files of all stages, the slowest first', async () => {
    const { lines, stages } = printed()
    const files = Array.from({ length: 12 }, (_, index) => ({ path: `${index}.ts`, ms: index }))
    await stages.run(stage('quick', { passed: 6, files: files.slice(0, 6) }))
    await stages.run(stage('slow', { passed: 6, files: files.slice(6) }))
    expect(stages.finish()).toBe(0)
    const start = lines.indexOf('The slowest files:') + 1
    const listed = lines.slice(start, lines.indexOf('', start))
    expect(listed).toHaveLength(10)
    expect(listed[0]).toMatch(/… s {2}11\.ts \(slow\)$/)
    expect(listed[9]).toMatch(/… s {2}2\.ts \(quick\)$/)
  })

  it('repeats at the end which tests failed, with the first lines of the reason', async () => {
    const { lines, stages } = printed()
    const message = Array.from({ length: 40 }, (_, index) => `line ${index}`).join('\n')
    const failures = [{ path: 'a.ts', name: 'a server starts', message }]
    await stages.run(stage('end-to-end', { failed: 1, failures }))
    stages.finish()
    const start = lines.indexOf('Failed: a.ts (end-to-end)')
    expect(lines.slice(start + 1, start + 3)).toEqual(['  a server starts', '    line 0'])
    expect(lines.slice(-3)).toEqual(['    line 11', '', '0 passed, 1 failed, 0 skipped'])
  })

  it('says at the end why a stage was skipped, and fails for one that had to run', async () => {
    const { lines, stages } = printed()
    stages.skip('packages', 'there is no dpkg')
    expect(stages.finish()).toBe(0)
    expect(lines.slice(-2)).toEqual([
      'Skipped: packages, because there is no dpkg.',
      '0 passed, 0 failed, 1 skipped',
    ])
    stages.skip('Electron', 'it is not here', true)
    expect(stages.finish()).toBe(1)
    expect(lines.at(-1)).toBe('0 passed, 1 failed, 1 skipped')
  })
})
