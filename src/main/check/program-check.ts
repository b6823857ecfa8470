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
import { sandboxFault } from '../programs'
import { checkProgram, requirementsOf } from './check-program'

export const NOT_ALLOWED = 'The program was not started: you did not allow it.'

/** Checks the request and starts the check; calls `tell` until it is done. */
export type StartProgramCheck = (
  asked: unknown,
  tell: (update: ProgramCheckUpdate) => void,
) => RunningProgramCheck

/** Whether this command may be run in this folder; it may ask a person. */
type MayStart = (command: string, folder: string) => Promise<boolean>

/** Checks for a host, which has its say before a program is started. */
export function programChecks(mayStart: MayStart): StartProgramCheck {
  return (asked, tell) => startCheck(asked, tell, mayStart)
}

export const startProgramCheck = programChecks(async () => true)

function startCheck(
  asked: unknown,
  tell: (update: ProgramCheckUpdate) => void,
  mayStart: MayStart,
): RunningProgramCheck {
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
  void check(request.output, control.signal, tellListener, mayStart)
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
  { program: kind, command, port, folder = '', only, sandbox = false }: ProgramCheckRequest,
  signal: AbortSignal,
  tell: (update: ProgramCheckUpdate) => void,
  mayStart: MayStart,
): Promise<void> {
  const isAsked = ({ id }: { id: string }) => only === undefined || only.includes(id)
  const all = requirementsOf(kind)
  const requirements = all.filter(isAsked).map(({ id, title, points }) => ({ id, title, points }))
  const leaveOut = all.filter((each) => !isAsked(each)).map(({ id }) => id)
  const source = port === undefined ? await started(command ?? '', folder, sandbox) : { port }
  if (!('port' in source) && !(await mayStart(source.command, source.folder))) {
    throw new Error(NOT_ALLOWED)
  }
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

async function started(command: string, folder: string, isSandboxed: boolean) {
  const cwd = resolve(homedir(), folder.trim().replace(/^~(?=$|[/\\])/, '.'))
  const isFolder = await stat(cwd).then(
    (found) => found.isDirectory(),
    () => false,
  )
  if (!isFolder) throw new Error(`There is no folder ${cwd}.`)
  const fault = isSandboxed ? sandboxFault() : undefined
  if (fault !== undefined) throw new Error(`${fault} Untick the sandbox to run it without one.`)
  return { command, folder: cwd, dir: cwd, isSandboxed }
}
