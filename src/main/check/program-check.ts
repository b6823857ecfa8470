// Checks a program for a window of the app, and tells it what comes of each requirement. The command of the request is run
// with the rights of this process: a host starts this only for an operator.
import { stat } from 'node:fs/promises'
import { homedir } from 'node:os'
import { resolve } from 'node:path'
import * as v from 'valibot'
import {
  type ProgramCheckRequest,
  type ProgramCheckUpdate,
  programCheckRequest,
  type RunningProgramCheck,
} from '../../shared/check/program-check'
import { errorText } from '../../shared/error-text'
import { UNQUOTED } from '../../shared/issue-text'
import { checkProgram, requirementsOf } from './check-program'

/** Checks the request and starts the check; calls `tell` until it is done. */
export type StartProgramCheck = (
  asked: unknown,
  tell: (update: ProgramCheckUpdate) => void,
) => RunningProgramCheck

export const startProgramCheck: StartProgramCheck = (asked, tell) => {
  const request = v.safeParse(programCheckRequest, asked, UNQUOTED)
  if (!request.success) {
    const [issue] = request.issues
    const path = v.getDotPath(issue)
    tell({ kind: 'failed', error: path ? `${path}: ${issue.message}` : issue.message })
    return { end: () => {}, stop: () => {} }
  }
  const control = new AbortController()
  let isHeard = true
  const tellListener = (update: ProgramCheckUpdate) => {
    if (isHeard) tell(update)
  }
  void check(request.output, control.signal, tellListener)
    .catch((error: unknown) => tellListener({ kind: 'failed', error: errorText(error) }))
    // If it could not be done, other starts of the program may still run.
    .finally(() => control.abort())
  return {
    end: () => control.abort(),
    stop() {
      isHeard = false
      control.abort()
    },
  }
}

async function check(
  { program: kind, command, port, folder = '', only }: ProgramCheckRequest,
  signal: AbortSignal,
  tell: (update: ProgramCheckUpdate) => void,
): Promise<void> {
  const isAsked = ({ id }: { id: string }) => only === undefined || only.includes(id)
  const all = requirementsOf(kind)
  const requirements = all.filter(isAsked).map(({ id, title, points }) => ({ id, title, points }))
  const leaveOut = all.filter((each) => !isAsked(each)).map(({ id }) => id)
  const source = port === undefined ? await started(command ?? '', folder) : { port }
  tell({ kind: 'began', requirements })
  const { tookMs } = await checkProgram({
    kind,
    source,
    program: command ?? `port ${port}`,
    signal,
    rubric: { leaveOut },
    onDialect: (dialect) => tell({ kind: 'dialect', dialect }),
    onChecked: (requirement) => tell({ kind: 'checked', requirement }),
  })
  tell({ kind: 'done', tookMs })
}

async function started(command: string, folder: string) {
  const cwd = resolve(homedir(), folder.trim().replace(/^~(?=$|[/\\])/, '.'))
  const isFolder = await stat(cwd).then(
    (found) => found.isDirectory(),
    () => false,
  )
  if (!isFolder) throw new Error(`There is no folder ${cwd}.`)
  return { command, folder: cwd, dir: cwd }
}
