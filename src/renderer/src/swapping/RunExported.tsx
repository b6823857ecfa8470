// One click: runs the pools on the screen on a program of the field, which then stands in the proxy's place.
import { useState } from 'react'
import { type ExportTarget, targetLabel } from '../../../shared/export/export'
import { swapProxy } from '../actions/swap'
import { useLine } from '../line/line'
import { useRefusal } from '../past/past'

interface RunExportedProps {
  target: Extract<ExportTarget, 'haproxy' | 'nginx'>
  /** Called when the program has taken the proxy's place. */
  onDone(): void
}

export function RunExported({ target, onDone }: RunExportedProps) {
  const [busy, setBusy] = useState(false)
  const [problem, setProblem] = useState<string>()
  const isViewer = useLine(({ role }) => role !== 'operator')
  const isRefused = useRefusal('swapProxy') !== undefined
  if (isViewer) return null
  async function start() {
    if (busy) return
    setBusy(true)
    setProblem(await swapProxy({ by: target }).then((why) => (why === undefined ? done() : why)))
    setBusy(false)
  }
  function done() {
    onDone()
    return undefined
  }
  const label = targetLabel(target)
  return (
    <div className="swap-run">
      <button
        type="button"
        className="button primary"
        disabled={isRefused}
        aria-disabled={busy}
        onClick={() => void start()}
      >
        {busy ? `Starting ${label}…` : `Run this pool on ${label}`}
      </button>
      <p className="muted">
        {label} takes the proxy’s place on the graph, with these files, until you take it back.
      </p>
      {problem !== undefined && (
        <p className="field-error" role="alert">
          {problem}
        </p>
      )}
    </div>
  )
}
