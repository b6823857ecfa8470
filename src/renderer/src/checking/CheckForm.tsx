// What is checked: a proxy, a server or a client, started by a command or, a proxy, at a port.
import { Play, RotateCcw, Square } from 'lucide-react'
import { commandFault, type ProgramKind } from '../../../shared/program-command'
import type { CheckedProgram } from '../choices/preferences'
import { useUi } from '../choices/ui'
import { SegmentedControl } from '../ui/SegmentedControl'
import { useOpened } from './exchange'
import { ProgramFields } from './ProgramFields'
import { askForCheck, hasSandboxes, refuseToCheck, stopChecking, useProgramCheck } from './run'

const KINDS: Readonly<Record<ProgramKind, string>> = {
  proxy: 'Proxy',
  server: 'Server',
  client: 'Client',
}
const SOURCES = { command: 'Start it by a command', port: 'It runs already' } as const

export function CheckForm() {
  const { kind, bySource, port, sandbox } = useUi((ui) => ui.checkedProgram)
  const phase = useProgramCheck((state) => state.phase)
  const error = useProgramCheck((state) => state.error)
  const returnedFrom = useOpened((state) => state.returnedFrom)
  const isRunning = phase === 'running' || phase === 'stopping'
  const source = kind === 'proxy' ? bySource : 'command'
  const { changeCheckedProgram: change } = useUi.getState()
  return (
    <form
      className="program-check-form"
      onSubmit={(event) => {
        event.preventDefault()
        if (isRunning) stopChecking()
        else start()
      }}
    >
      <div className="program-check-choices">
        <SegmentedControl
          legend="What is checked"
          options={KINDS}
          value={kind}
          onChange={(chosen: ProgramKind) => change({ kind: chosen })}
        />
        {kind === 'proxy' && (
          <SegmentedControl
            legend="How it is reached"
            options={SOURCES}
            value={bySource}
            onChange={(chosen: CheckedProgram['bySource']) => change({ bySource: chosen })}
          />
        )}
      </div>
      {source === 'port' ? (
        <label className="program-check-field">
          <span>Its port</span>
          <input
            className="program-check-input program-check-port"
            type="number"
            min={1}
            max={65535}
            step={1}
            required
            value={port}
            onChange={({ target }) => change({ port: Number(target.value) })}
          />
        </label>
      ) : (
        <>
          <ProgramFields
            kind={kind}
            commandLabel="Command"
            focusMark={returnedFrom === undefined ? 'data-first-focus' : undefined}
          />
          {hasSandboxes() && (
            <label className="field-check">
              <input
                type="checkbox"
                checked={sandbox}
                onChange={({ target }) => change({ sandbox: target.checked })}
              />
              <span>
                In a sandbox (bubblewrap): it sees a read-only system and this folder, and none of
                your other files
              </span>
            </label>
          )}
        </>
      )}
      <p className="muted">
        {source === 'port'
          ? 'The requirements follow one another, each with other ids: a program that fails one may fail the next ones too.'
          : 'The command runs on this machine, with your rights. It is started afresh for each requirement, and ended with all that it started.'}
      </p>
      <div className="program-check-run">
        <button
          type="submit"
          className={isRunning ? 'button' : 'button primary'}
          aria-disabled={phase === 'stopping'}
        >
          <RunIcon isRunning={isRunning} isAgain={phase !== 'none'} />
          {runWords(phase)}
        </button>
        {error !== undefined && (
          <p className="field-error" role="alert">
            {error}
          </p>
        )}
      </div>
    </form>
  )
}

function RunIcon({ isRunning, isAgain }: { isRunning: boolean; isAgain: boolean }) {
  if (isRunning) return <Square size={16} aria-hidden="true" />
  return isAgain ? (
    <RotateCcw size={16} aria-hidden="true" />
  ) : (
    <Play size={16} aria-hidden="true" />
  )
}

function runWords(phase: ReturnType<typeof useProgramCheck.getState>['phase']): string {
  switch (phase) {
    case 'none':
      return 'Check'
    case 'running':
      return 'Stop'
    case 'stopping':
      return 'Stopping…'
    case 'done':
    case 'failed':
      return 'Check again'
  }
}

function start(): void {
  const { kind, bySource, programs, port, folder, sandbox } = useUi.getState().checkedProgram
  if (kind === 'proxy' && bySource === 'port') {
    askForCheck({ program: kind, port })
    return
  }
  const command = programs[kind]
  const fault = commandFault(command, kind)
  if (fault !== undefined) {
    refuseToCheck(fault)
    return
  }
  const isSandboxed = sandbox && hasSandboxes()
  askForCheck({
    program: kind,
    command,
    ...(folder.trim() !== '' && { folder }),
    ...(isSandboxed && { sandbox: true }),
  })
}
