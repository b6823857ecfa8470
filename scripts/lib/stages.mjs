// A run of stages: each one reported with its result and time, none stopping the next, all counted at the end.
import { mkdirSync, readFileSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { inModules, ROOT } from './project.mjs'
import { runVisibly } from './run.mjs'

const NONE = { passed: 0, failed: 0, skipped: 0 }
const RESULTS = join(ROOT, 'test-results')

export class Stages {
  #totals = { ...NONE }
  #notes = []

  /** Runs `stage`, which gives numbers of tests; one that throws counts as a failed one. */
  async run(name, stage) {
    console.log(`\n── ${name}`)
    const startedAt = performance.now()
    const counts = await stage().catch((error) => {
      console.error(error)
      return { failed: 1 }
    })
    const { passed, failed, skipped } = { ...NONE, ...counts }
    this.#totals.passed += passed
    this.#totals.failed += failed
    this.#totals.skipped += skipped
    const seconds = ((performance.now() - startedAt) / 1000).toFixed(1)
    const verdict = failed > 0 ? `FAILED (${failed})` : passed > 0 ? 'passed' : 'nothing to run'
    console.log(`── ${name}: ${verdict}, ${seconds} s`)
  }

  /** Counts a stage that cannot run here, and says why at the end. */
  skip(name, problem, asFailure = false) {
    this.#totals[asFailure ? 'failed' : 'skipped'] += 1
    this.#notes.push(`${asFailure ? 'Failed' : 'Skipped'}: ${name}, because ${problem}.`)
  }

  /** Says at the end why tests within a stage cannot run here; they are counted there. */
  note(name, problem) {
    this.#notes.push(`Skipped: ${name}, because ${problem}.`)
  }

  /** Closes with the notes and one plain line; gives the exit code. */
  finish() {
    const { passed, failed, skipped } = this.#totals
    console.log('')
    for (const note of this.#notes) console.log(note)
    console.log(`${passed} passed, ${failed} failed, ${skipped} skipped`)
    return failed > 0 ? 1 : 0
  }
}

/** A stage without tests of its own counts as one. */
export async function runTool(...command) {
  const code = await runVisibly(process.execPath, command)
  return code === 0 ? { passed: 1 } : { failed: 1 }
}

/** Runs a vitest project; `wrap` may put it on a display. */
export async function runVitest(project, { filters = [], env = {}, wrap } = {}) {
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
  const code = await runVisibly(program, args, { env: { ...process.env, ...env } })
  return countTests(code, readReport(report))
}

/**
 * Numbers of tests from vitest's JSON report. A failure that no test owns (a file that cannot be loaded, an
 * unhandled error, a runner that died) counts as one.
 */
export function countTests(code, report) {
  const counts = {
    passed: report?.numPassedTests ?? 0,
    failed: report?.numFailedTests ?? 0,
    skipped: (report?.numPendingTests ?? 0) + (report?.numTodoTests ?? 0),
  }
  return code !== 0 && counts.failed === 0 ? { ...counts, failed: 1 } : counts
}

function readReport(path) {
  try {
    return JSON.parse(readFileSync(path, 'utf8'))
  } catch {
    return undefined
  }
}
