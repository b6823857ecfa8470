// One breakpoint: what it matches, and whether it is on.
import { X } from 'lucide-react'
import type { Breakpoint } from '../../../shared/events'
import { shortened } from '../../../shared/format'
import { run } from '../actions/run'
import { noteChange } from '../actions/undo'

const MOST_OF_A_FILTER = 40

interface BreakpointRowProps {
  breakpoint: Breakpoint
  readOnly: boolean
}

export function BreakpointRow({
  breakpoint: { id, filter, once, enabled },
  readOnly,
}: BreakpointRowProps) {
  async function remove() {
    const result = await run({ type: 'removeBreakpoint', id })
    if (result.ok) noteChange(`Breakpoint ${shortened(filter, MOST_OF_A_FILTER)} removed.`, result)
  }
  return (
    <li className="breakpoint-row">
      <label>
        <input
          type="checkbox"
          checked={enabled}
          disabled={readOnly}
          aria-label={`Hold what matches ${filter}`}
          onChange={(event) =>
            void run({ type: 'setBreakpoint', id, filter, once, enabled: event.target.checked })
          }
        />
        <code title={filter}>{filter}</code>
        {once && <small>the next one</small>}
        {!enabled && <small>off</small>}
      </label>
      {!readOnly && (
        <button
          type="button"
          className="icon-button"
          aria-label={`Remove the breakpoint ${filter}`}
          title="Remove"
          onClick={() => void remove()}
        >
          <X size={15} aria-hidden="true" />
        </button>
      )}
    </li>
  )
}
