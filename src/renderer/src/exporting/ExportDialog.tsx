// Exports the pools on the screen to real proxies: first what they do otherwise than the lab, then the files.
import { useState } from 'react'
import { errorText } from '../../../shared/error-text'
import {
  differences,
  EXPORT_TARGETS,
  type ExportedFile,
  type ExportTarget,
  exportedFiles,
  startCommand,
  targetLabel,
  testedWith,
} from '../../../shared/export/export'
import { setupOfState } from '../../../shared/export/setup'
import { useUi } from '../choices/ui'
import { useLab } from '../lab/lab'
import { RunExported } from '../swapping'
import { Modal } from '../ui/Modal'
import { SegmentedControl } from '../ui/SegmentedControl'
import { saveFile } from '../ui/save-file'
import './export.css'

const LABELS = Object.fromEntries(
  EXPORT_TARGETS.map((target) => [target, targetLabel(target)]),
) as Record<ExportTarget, string>

export function ExportDialog() {
  const [setup] = useState(() => setupOfState(useLab.getState().state))
  const [target, setTarget] = useState<ExportTarget>('haproxy')
  const tested = testedWith(target)
  const files = exportedFiles(setup, target)
  return (
    <Modal title="Export the pools" onClose={() => useUi.getState().setExportOpen(false)}>
      <div className="export">
        <SegmentedControl<ExportTarget>
          legend="Export to"
          options={LABELS}
          value={target}
          onChange={setTarget}
        />
        {tested === undefined ? (
          <p className="export-untested">
            <strong>Written, not run.</strong> By the documentation of {LABELS[target]} alone.
          </p>
        ) : (
          <p className="muted">Tested with {tested}.</p>
        )}
        <section aria-labelledby="export-differs">
          <h3 id="export-differs">What it does otherwise than the lab</h3>
          <ul className="export-differs">
            {differences(setup, target).map((text) => (
              <li key={text}>{text}</li>
            ))}
          </ul>
        </section>
        {(target === 'haproxy' || target === 'nginx') && (
          <RunExported
            key={target}
            target={target}
            onDone={() => useUi.getState().setExportOpen(false)}
          />
        )}
        <section aria-labelledby="export-files">
          <h3 id="export-files">Files</h3>
          {files.map((file) => (
            <FileView key={`${target} ${file.name}`} file={file} />
          ))}
          <p className="muted">
            Save them in one folder, and start there: <code>{startCommand(target, setup)}</code>
          </p>
        </section>
      </div>
    </Modal>
  )
}

function FileView({ file: { name, text } }: { file: ExportedFile }) {
  return (
    <div className="export-file">
      <details>
        <summary>{name}</summary>
        {/* biome-ignore lint/a11y/noNoninteractiveTabindex: it scrolls, also with the keyboard. */}
        <section tabIndex={0} aria-label={`Text of ${name}`}>
          <pre>{text}</pre>
        </section>
      </details>
      <button
        type="button"
        className="button"
        aria-label={`Copy ${name}`}
        onClick={() => void copy(name, text)}
      >
        Copy
      </button>
      <button
        type="button"
        className="button"
        aria-label={`Save ${name}`}
        onClick={() => saveFile(name, new Blob([text], { type: 'text/plain' }))}
      >
        Save
      </button>
    </div>
  )
}

async function copy(name: string, text: string): Promise<void> {
  const { notify } = useUi.getState()
  try {
    await navigator.clipboard.writeText(text)
    notify('info', `${name} copied.`)
  } catch (error) {
    notify('error', `${name} was not copied: ${errorText(error)}`)
  }
}
