// Runs stages: reports each with its result and time, continues after failures, and counts
// everything at the end.
import { mkdirSync, readFileSync, rmSync } from 'node:fs'
import { join, relative } from 'node:path'
import { stripVTControlCharacters } from 'node:util'
import { inModules, ROOT } from './project.mjs'
import { runInLines, runVisibly } from './run.mjs'
import { testEnvironment } from './test-environment.mjs'

const NONE = { passed: 0, failed: 0, skipped: 0 }
const RESULTS = join(ROOT, 'test-results')
const SLOWEST_FILES = 10
const FAILURE_LINES = 12
/** With more failed files than these, something is broken rather than unstable. */
const FILES_TRIED_AGAIN = 3

export class Stages {
  #print
  #totals = { ...NONE }
  #notes = []
  #files = []
  #failures = []
  #unstable = []

  constructor(print = console.log) {
    this.#print = print
  }

  /** Runs a stage with its output shown. */
  async run({ name, work }) {
    this.#print(`\n── ${name}`)
    await this.#count(name, work)
  }

  /**
   * Runs lanes of stages at the same time, and the stages of a lane one after the other. Each line
   * of output begins with the name of its stage.
   */
  async runTogether(lanes) {
    const stages = lanes.flat()
    if (stages.length < 2) return stages.length === 0 ? undefined : this.run(stages[0])
    const names = lanes.map((lane) => lane.map(({ name }) => name).join(', then '))
    this.#print(`\n── at the same time: ${names.filter(Boolean).join('; ')}`)
    const width = Math.max(...stages.map(({ name }) => name.length))
    await Promise.all(
      lanes.map(async (lane) => {
        for (const { name, work } of lane) {
          await this.#count(name, work, (line) => this.#print(`${name.padEnd(width)} │ ${line}`))
        }
      }),
    )
  }

  /**
   * `work` returns numbers of tests, their files and failures; if it throws, that counts as a failed test.
   */
  async #count(name, work, show) {
    const startedAt = performance.now()
    const counts = await work(show).catch((error) => {
      for (const line of String(error.stack ?? error).split('\n')) (show ?? this.#print)(line)
      return { failed: 1 }
    })
    const {
      passed,
      failed,
      skipped,
      files = [],
      failures = [],
      unstable = [],
    } = { ...NONE, ...counts }
    this.#totals.passed += passed
    this.#totals.failed += failed
    this.#totals.skipped += skipped
    this.#files.push(...files.map((file) => ({ ...file, stage: name })))
    this.#failures.push(...failures.map((failure) => ({ ...failure, stage: name })))
    this.#unstable.push(...unstable.map((failure) => ({ ...failure, stage: name })))
    const seconds = ((performance.now() - startedAt) / 1000).toFixed(1)
    const verdict = failed > 0 ? `FAILED (${failed})` : passed > 0 ? 'passed' : 'nothing to run'
    this.#print(`── ${name}: ${verdict}, ${seconds} s`)
  }

  /** Counts a stage that cannot run here, and says why at the end. */
  skip(name, problem, asFailure = false) {
    this.#totals[asFailure ? 'failed' : 'skipped'] += 1
    this.#notes.push(`${asFailure ? 'Failed' : 'Skipped'}: ${name}, because ${problem}.`)
  }

  /** Says at the end why some tests within a stage cannot run here; the stage counts them. */
  note(name, problem) {
    this.#notes.push(`Skipped: ${name}, because ${problem}.`)
  }

  /**
   * Prints the slowest files, the unstable and the failed tests (their own output may be far above, between that of
   * other stages), the notes and one plain line; returns the exit code.
   */
  finish() {
    const { passed, failed, skipped } = this.#totals
    const slowest = this.#files.toSorted((one, other) => other.ms - one.ms).slice(0, SLOWEST_FILES)
    if (slowest.length > 0) this.#print('\nThe slowest files:')
    for (const { ms, path, stage } of slowest) {
      this.#print(`${(ms / 1000).toFixed(1).padStart(6)} s  ${path} (${stage})`)
    }
    this.#printTests('Unstable, failed and then passed by itself', this.#unstable)
    this.#printTests('Failed', this.#failures)
    this.#print('')
    for (const note of this.#notes) this.#print(note)
    this.#print(`${passed} passed, ${failed} failed, ${skipped} skipped`)
    return failed > 0 ? 1 : 0
  }

  #printTests(verdict, tests) {
    for (const { path, name, message, stage } of tests) {
      this.#print(`\n${verdict}: ${path} (${stage})\n  ${name}`)
      for (const line of message.split('\n').slice(0, FAILURE_LINES)) this.#print(`    ${line}`)
    }
  }
}

/** A stage without tests of its own counts as one. */
export async function runTool(command, show) {
  const code = await run(process.execPath, command, {}, show)
  return code === 0 ? { passed: 1 } : { failed: 1 }
}

/**
 * Runs a vitest project; `wrap` may put it on a display. A few files that fail are run once more, by themselves and
 * from a fresh start. Whatever passes then is counted as passed and listed as unstable, with its first failure.
 */
export async function runVitest(project, options = {}, show = undefined) {
  const first = await runOnce(project, options, show)
  const paths = [...new Set(first.failures.map(({ path }) => path))]
  if (paths.length === 0 || paths.length > FILES_TRIED_AGAIN) return first
  ;(show ?? console.log)(`Once more, by themselves: ${paths.join(', ')}`)
  return afterSecondTry(first, await runOnce(project, { ...options, filters: paths }, show))
}

/** The counts of a first run, corrected by those of a second run of the files that failed in it. */
export function afterSecondTry(first, second) {
  const failedAgain = ({ path, name }) =>
    second.failures.some((other) => other.path === path && other.name === name)
  return {
    ...first,
    passed: first.passed + first.failed - second.failed,
    failed: second.failed,
    failures: second.failures,
    unstable: first.failures.filter((failure) => !failedAgain(failure)),
  }
}

async function runOnce(project, { filters = [], env = {}, wrap }, show) {
  mkdirSync(RESULTS, { recursive: true })
  const report = join(RESULTS, `${project}.json`)
  rmSync(report, { force: true })
  const command = [
    inModules('vitest/vitest.mjs'),
    'run',
    `--project=${project}`,
    '--passWithNoTests',
    '--reporter=default',
    '--reporter=json',
    `--outputFile.json=${report}`,
    ...filters,
  ]
  const [program, args] = wrap?.(process.execPath, command) ?? [process.execPath, command]
  const code = await run(program, args, { env: { ...testEnvironment(), ...env } }, show)
  const results = readReport(report)
  return { ...countTests(code, results), files: timesOf(results), failures: failuresIn(results) }
}

function run(program, args, options, show) {
  return show ? runInLines(program, args, show, options) : runVisibly(program, args, options)
}

/**
 * Numbers of tests from vitest's JSON report. A failure outside any test (a file that cannot be
 * loaded, an unhandled error, a runner that died) counts as one.
 */
export function countTests(code, report) {
  const counts = {
    passed: report?.numPassedTests ?? 0,
    failed: report?.numFailedTests ?? 0,
    skipped: (report?.numPendingTests ?? 0) + (report?.numTodoTests ?? 0),
  }
  return code !== 0 && counts.failed === 0 ? { ...counts, failed: 1 } : counts
}

/** Time of the tests of each file. */
function timesOf(report) {
  return (report?.testResults ?? []).map(({ name, startTime, endTime }) => ({
    path: relative(ROOT, name),
    ms: endTime - startTime,
  }))
}

/** The failed tests of vitest's JSON report, and the files that failed outside any test. */
export function failuresIn(report) {
  return (report?.testResults ?? []).flatMap(({ name: file, message, assertionResults }) => {
    const path = relative(ROOT, file)
    const failed = assertionResults.filter(({ status }) => status === 'failed')
    const tests = failed.map(({ fullName, failureMessages }) => ({
      path,
      name: fullName,
      message: stripVTControlCharacters(failureMessages.join('\n')),
    }))
    if (tests.length > 0 || !message) return tests
    return [{ path, name: 'outside its tests', message: stripVTControlCharacters(message) }]
  })
}

function readReport(path) {
  try {
    return JSON.parse(readFileSync(path, 'utf8'))
  } catch {
    return undefined
  }
}
