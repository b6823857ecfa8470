// Checks a whole class: each submission as one program. What has been checked is kept, so that a run can be resumed.

import { createHash } from 'node:crypto'
import { mkdir, readFile, writeFile } from 'node:fs/promises'
import { basename, join, resolve } from 'node:path'
import { htmlReport } from '../../shared/check/report/html'
import { jsonReport, readJsonReport } from '../../shared/check/report/json'
import { type HomeworkResult, tallyOf } from '../../shared/check/result'
import { errorText } from '../../shared/error-text'
import type { ProgramKind } from '../programs'
import { checkProgram, requirementsOf } from './check-program'
import { inLanes } from './lanes'
import { byRubric, type Rubric } from './rubric'
import { type CheckLimits, DEFAULT_LIMITS } from './stage'
import { filesIn, submissionFolders } from './submissions'
import { DEFAULT_LANES } from './try-all'
import { notTried } from './try-requirement'

interface ClassCheck {
  readonly kind: ProgramKind
  readonly command: string
  /** `submissions/*`. */
  readonly pattern: string
  /** Where NAME.json and NAME.html are kept for each submission. */
  readonly results: string
  /** How many submissions are checked at once. */
  readonly jobs: number
  readonly lanes?: number
  readonly limits?: CheckLimits
  readonly rubric?: Rubric
  readonly isSandboxed?: boolean
  readonly signal?: AbortSignal
  /** Gets a sentence for each submission. */
  readonly onProgress?: (words: string) => void
}

const NOT_RUN = 'unknown: the program could not be run'

/** Results in order of the submissions' names, without evidence: that is in the files. */
export async function checkEach(check: ClassCheck): Promise<HomeworkResult[]> {
  const { kind, command, pattern, results, jobs, signal, onProgress } = check
  const { lanes = DEFAULT_LANES, limits = DEFAULT_LIMITS, rubric = {}, isSandboxed = false } = check
  const folders = await submissionFolders(pattern)
  if (folders.length === 0) throw new Error(`There is no folder ${pattern}.`)
  const names = namesOf(folders)
  await mkdir(results, { recursive: true })
  const keyOf = async (folder: string) =>
    createHash('sha256')
      .update(JSON.stringify([kind, command, limits, rubric, await filesIn(folder)]))
      .digest('hex')
  let done = 0
  const checked = await inLanes(folders, jobs, async (folder, index) => {
    if (signal?.aborted) return undefined
    const name = names[index] ?? folder
    const file = join(results, `${name}.json`)
    const kept = await keptResult(file, await keyOf(folder))
    const result = kept ?? (await checkedSubmission(folder, name))
    if (signal?.aborted) return undefined
    if (kept === undefined) {
      await writeFile(join(results, `${name}.html`), htmlReport(result))
      // What could not be run may be able to tomorrow. What it has written while it ran is no change.
      const key = result.dialect === NOT_RUN ? '' : await keyOf(folder)
      await writeFile(file, `${jsonReport(result).replace(/\}$/, `,"key":"${key}"}`)}\n`)
    }
    done += 1
    const { passed, points, pointsPossible } = tallyOf(result)
    const again = kept === undefined ? '' : ', checked before'
    onProgress?.(
      `${done} of ${folders.length}: ${name}: ${passed} of ${result.requirements.length} passed, ${points} of ${pointsPossible} points${again}`,
    )
    const { requirements } = result
    return { ...result, requirements: requirements.map(({ evidence: _, ...rest }) => rest) }
  })
  return checked.filter((result) => result !== undefined)

  async function checkedSubmission(folder: string, name: string): Promise<HomeworkResult> {
    const dir = resolve(folder)
    const source = { command, folder: dir, dir, isSandboxed }
    const options = { kind, source, program: name, limits, rubric, ...(signal && { signal }) }
    try {
      return await checkProgram({ ...options, lanes: Math.max(1, Math.floor(lanes / jobs)) })
    } catch (error) {
      const requirements = byRubric(requirementsOf(kind), rubric)
      return {
        subject: kind,
        program: name,
        dialect: NOT_RUN,
        requirements: requirements.map((requirement) => notTried(requirement, errorText(error))),
        tookMs: 0,
      }
    }
  }
}

/** Undefined: not checked yet, or by another command, rubric or limits, or the submission has changed since. */
async function keptResult(file: string, key: string): Promise<HomeworkResult | undefined> {
  const text = await readFile(file, 'utf8').catch(() => '')
  return text.includes(`"key":"${key}"`) ? readJsonReport(text) : undefined
}

/** The folders' last names, with as much before them as tells them from one another. */
function namesOf(folders: readonly string[]): string[] {
  const last = folders.map((folder) => basename(folder))
  return new Set(last).size === last.length
    ? last
    : folders.map((folder) => folder.replace(/[/\\:]+/g, '-'))
}
