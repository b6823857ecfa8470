// The check of this window: the program that is asked for, what came of each requirement so far, and the exchange that is on
// the screen. It continues while its dialog is closed.
import { create } from 'zustand'
import type {
  AskedRequirement,
  ProgramCheckRequest,
  ProgramCheckUpdate,
} from '../../../shared/check/program-check'
import { type CheckedRequirement, type HomeworkResult, tallyOf } from '../../../shared/check/result'
import type { Bridge } from '../../../shared/contract'
import { useUi } from '../choices/ui'

type Phase = 'none' | 'running' | 'stopping' | 'done' | 'failed'

interface ProgramCheckState {
  phase: Phase
  /** What is or was checked last. */
  request: ProgramCheckRequest | undefined
  /** Why it could not be done. */
  error: string | undefined
  /** How the program spells the protocol; undefined until that is known. */
  dialect: string | undefined
  /** All requirements, in order. */
  asked: readonly AskedRequirement[]
  /** Those that have been tried, by id. */
  checked: ReadonlyMap<string, CheckedRequirement>
  tookMs: number
}

const NOTHING: ProgramCheckState = {
  phase: 'none',
  request: undefined,
  error: undefined,
  dialect: undefined,
  asked: [],
  checked: new Map(),
  tookMs: 0,
}

export const useProgramCheck = create<ProgramCheckState>(() => NOTHING)

let bridge: Bridge | undefined

export function startProgramChecks(newBridge: Bridge): () => void {
  bridge = newBridge
  const stops = [
    newBridge.onProgramCheck(take),
    newBridge.onConnected((connected) => {
      // The host has ended the program with the connection.
      if (!connected && isRunning()) fail('The connection to the engine was lost.')
    }),
  ]
  return () => {
    for (const stop of stops) stop()
  }
}

/** Whether this system may have bubblewrap; whether it has is found out by the check. */
export function hasSandboxes(): boolean {
  return bridge?.platform === 'linux'
}

export function askForCheck(request: ProgramCheckRequest): void {
  useProgramCheck.setState({ ...NOTHING, phase: 'running', request })
  bridge?.checkProgram(request)
}

/** What has been tried so far stays. */
export function stopChecking(): void {
  if (useProgramCheck.getState().phase !== 'running') return
  useProgramCheck.setState({ phase: 'stopping' })
  bridge?.stopProgramCheck()
}

export function refuseToCheck(error: string): void {
  useProgramCheck.setState({ ...NOTHING, phase: 'failed', error })
}

/** What is known so far, as reports take it; undefined before anything is. */
export function resultOf({
  request,
  dialect = 'unknown',
  asked,
  checked,
  tookMs,
}: ProgramCheckState): HomeworkResult | undefined {
  if (request === undefined || checked.size === 0) return undefined
  return {
    subject: request.program,
    program: request.command ?? `port ${request.port}`,
    dialect,
    requirements: asked.flatMap(({ id }) => checked.get(id) ?? []),
    tookMs,
  }
}

/** The first that failed, in the order of the list. */
export function firstFailed({
  asked,
  checked,
}: Pick<ProgramCheckState, 'asked' | 'checked'>): string | undefined {
  return asked.find(({ id }) => checked.get(id)?.outcome === 'failed')?.id
}

function isRunning(): boolean {
  const { phase } = useProgramCheck.getState()
  return phase === 'running' || phase === 'stopping'
}

function fail(error: string): void {
  useProgramCheck.setState({ phase: 'failed', error })
}

function take(update: ProgramCheckUpdate): void {
  if (!isRunning()) return
  switch (update.kind) {
    case 'began':
      useProgramCheck.setState({ asked: update.requirements })
      return
    case 'dialect':
      useProgramCheck.setState({ dialect: update.dialect })
      return
    case 'checked': {
      const { requirement } = update
      useProgramCheck.setState(({ checked }) => ({
        checked: new Map([...checked, [requirement.id, requirement]]),
      }))
      return
    }
    case 'failed':
      fail(update.error)
      return
    case 'done': {
      useProgramCheck.setState({ phase: 'done', tookMs: update.tookMs })
      const result = resultOf(useProgramCheck.getState())
      const { checkOpen, notify } = useUi.getState()
      if (result === undefined || checkOpen) return
      const { passed } = tallyOf(result)
      notify('info', `Your program is checked: ${passed} of ${result.requirements.length} passed.`)
    }
  }
}
