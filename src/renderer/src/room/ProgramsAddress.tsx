// Where programs of the room join, to be read from the last row and to be copied.
import { Copy } from 'lucide-react'
import { hostAndPort } from '../../../shared/addresses'
import { errorText } from '../../../shared/error-text'
import type { ProgramsAt } from '../../../shared/room/programs'
import { useUi } from '../choices/ui'
import { useLab } from '../lab/lab'

export function ProgramsAddress({ at: { host, port } }: { at: ProgramsAt }) {
  const foreign = useLab(({ live }) => live.foreign?.name)
  const address = hostAndPort(host, port)
  return (
    <div className="programs-address">
      <p className="muted">Programs connect to</p>
      <p>
        <strong>{address}</strong>
        <button
          type="button"
          className="icon-button"
          aria-label={`Copy ${address}`}
          title="Copy"
          onClick={() => void copy(address)}
        >
          <Copy size={16} aria-hidden="true" />
        </button>
      </p>
      {foreign !== undefined && (
        <p className="muted">
          They get an error while {foreign} is in the proxy’s place: it is on this computer only.
        </p>
      )}
    </div>
  )
}

async function copy(address: string): Promise<void> {
  const { notify } = useUi.getState()
  try {
    await navigator.clipboard.writeText(address)
    notify('info', `${address} copied.`)
  } catch (error) {
    notify('error', `${address} was not copied: ${errorText(error)}`)
  }
}
