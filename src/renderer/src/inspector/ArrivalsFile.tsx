// Chooses the file whose arrivals a client's traffic replays.
import { useId, useState } from 'react'
import { readArrivals } from '../../../shared/arrivals'
import { counted } from '../../../shared/format'
import { TRAFFIC } from '../../../shared/settings/features/traffic'
import type { NodeState } from '../../../shared/state/state'
import { setClient } from '../actions/clients'

interface ArrivalsFileProps {
  node: NodeState
  /** The settings of its traffic. */
  values: object
}

export function ArrivalsFile({ node, values }: ArrivalsFileProps) {
  const [said, setSaid] = useState<{ text: string; isError: boolean }>()
  const note = useId()
  async function replay(file: File) {
    const refuse = (why: string) =>
      setSaid({ text: `${file.name} is not used. ${why}`, isError: true })
    // A comment may be longer than the times.
    if (file.size > 4 * TRAFFIC.settings.arrivals.maxChars) return refuse('It is too large.')
    const read = readArrivals(await file.text())
    if (!read.ok) return refuse(read.error)
    const result = await setClient(node.id, { traffic: { ...values, arrivals: read.arrivals } })
    if (!result.ok) return refuse(result.error)
    setSaid({ text: `${counted(read.count, 'arrival')} of ${file.name}.`, isError: false })
  }
  return (
    <div className="field">
      <label>
        File of arrivals
        <input
          type="file"
          accept=".txt,.csv"
          aria-describedby={note}
          onChange={(event) => {
            const [file] = event.target.files ?? []
            // The same file can be chosen again when it has changed.
            event.target.value = ''
            if (file) void replay(file)
          }}
        />
      </label>
      <p id={note} className={said?.isError ? 'field-error' : 'field-note'} role="status">
        {said?.text ?? 'A text file of times in ms after the start.'}
      </p>
    </div>
  )
}
