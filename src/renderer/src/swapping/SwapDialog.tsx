// Puts another program in the proxy's place: a program of the field with the exported files, or a student's proxy.
import { useState } from 'react'
import { differences } from '../../../shared/export/export'
import { setupOfState } from '../../../shared/export/setup'
import type { ForeignKind } from '../../../shared/foreign-proxy'
import { SPELLING_NAMES, SPELLINGS, type Spelling } from '../../../shared/protocol/spelling'
import { returnProxy, swapProxy } from '../actions/swap'
import { useUi } from '../choices/ui'
import { TextField } from '../forms'
import { useLab } from '../lab/lab'
import { Modal } from '../ui/Modal'
import { SegmentedControl } from '../ui/SegmentedControl'
import { RunExported } from './RunExported'
import './swapping.css'

const KINDS: Readonly<Record<ForeignKind, string>> = {
  program: 'Your proxy',
  running: 'A proxy that runs',
  haproxy: 'HAProxy',
  nginx: 'nginx',
}

export function SwapDialog() {
  const foreign = useLab(({ live }) => live.foreign)
  const [kind, setKind] = useState<ForeignKind>('program')
  const close = () => useUi.getState().setSwapOpen(false)
  return (
    <Modal title="Swap the proxy" onClose={close}>
      <div className="swap">
        <p>
          Another program takes the proxy’s place on this graph, with the lab’s clients before it
          and its servers behind it. What crosses its edges is real, and drawn. What it thinks is
          not known.
        </p>
        {foreign && (
          <p className="swap-present">
            <strong>{foreign.name}</strong> stands there now.{' '}
            <button
              type="button"
              className="button"
              onClick={() => {
                returnProxy()
                close()
              }}
            >
              Back to Roundabout’s proxy
            </button>
          </p>
        )}
        <SegmentedControl<ForeignKind>
          legend="What takes its place"
          options={KINDS}
          value={kind}
          onChange={setKind}
        />
        {kind === 'haproxy' || kind === 'nginx' ? (
          <Exported key={kind} target={kind} onDone={close} />
        ) : (
          <Own key={kind} kind={kind} onDone={close} />
        )}
      </div>
    </Modal>
  )
}

interface ExportedProps {
  target: 'haproxy' | 'nginx'
  onDone(): void
}

function Exported({ target, onDone }: ExportedProps) {
  const [setup] = useState(() => setupOfState(useLab.getState().state))
  return (
    <>
      <section aria-labelledby="swap-differs">
        <h3 id="swap-differs">What it does otherwise than the lab</h3>
        <ul className="swap-differs">
          {differences(setup, target).map((text) => (
            <li key={text}>{text}</li>
          ))}
        </ul>
      </section>
      <RunExported target={target} onDone={onDone} />
    </>
  )
}

/** In digits; the engine knows the limits. */
const PORT = /^\d+$/

interface OwnProps {
  kind: 'program' | 'running'
  onDone(): void
}

function Own({ kind, onDone }: OwnProps) {
  const [command, setCommand] = useState('python3 reverse_proxy.py -port {port}')
  const [folder, setFolder] = useState('')
  const [port, setPort] = useState('')
  const [spelling, setSpelling] = useState<Spelling>('assigned')
  const [busy, setBusy] = useState(false)
  const [problem, setProblem] = useState<string>()
  const isProgram = kind === 'program'
  async function swap() {
    if (busy) return
    if (!isProgram && !PORT.test(port.trim())) {
      setProblem('Enter the port first, a number from 1 to 65535.')
      return
    }
    setBusy(true)
    const asked = isProgram
      ? ({ by: kind, command, ...(folder.trim() !== '' && { folder: folder.trim() }) } as const)
      : ({ by: kind, port: Number(port) } as const)
    const why = await swapProxy({ ...asked, spelling })
    setBusy(false)
    setProblem(why)
    if (why === undefined) onDone()
  }
  return (
    <form
      className="swap-form"
      onSubmit={(event) => {
        event.preventDefault()
        void swap()
      }}
    >
      {isProgram ? (
        <>
          <TextField
            label="Command"
            note="{port} stands for the port that it listens on. The program runs with your rights, until the lab ends it."
            value={command}
            onChange={setCommand}
          />
          <TextField
            label="Folder"
            note="Where the command is started; empty: where Roundabout was."
            value={folder}
            onChange={setFolder}
          />
        </>
      ) : (
        <TextField
          label="Port"
          note="A proxy that listens on this port of 127.0.0.1. The lab does not end it."
          isNumber
          value={port}
          onChange={setPort}
        />
      )}
      <div className="field">
        <label htmlFor="swap-spelling">The lab’s messages are spelled</label>
        <select
          id="swap-spelling"
          value={spelling}
          onChange={(event) => setSpelling(spellingOf(event.target.value))}
        >
          {SPELLING_NAMES.map((name) => (
            <option key={name} value={name}>
              {SPELLINGS[name].label}
            </option>
          ))}
        </select>
        <p className="field-note">
          Most proxies take only one spelling. “Check my program” finds which.
        </p>
      </div>
      <p className="muted">
        The lab’s servers register with it, one after another. Each message of the lab’s clients
        comes on a connection of its own.
      </p>
      {problem !== undefined && (
        <p className="field-error" role="alert">
          {problem}
        </p>
      )}
      <div className="modal-actions">
        <button type="button" className="button" onClick={onDone}>
          Cancel
        </button>
        <button type="submit" className="button primary" aria-disabled={busy}>
          {busy ? 'Starting it…' : isProgram ? 'Start it and swap it in' : 'Swap it in'}
        </button>
      </div>
    </form>
  )
}

function spellingOf(value: string): Spelling {
  return SPELLING_NAMES.find((name) => name === value) ?? 'assigned'
}
