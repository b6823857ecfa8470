// Gives clients of the lab to viewers, to all who ask for one or to one of them, and takes them back.
import { useState } from 'react'
import type { GivenClients } from '../../../shared/room/given-client'
import { useLab } from '../lab/lab'
import { askRoom } from './room-state'

export function ClientsForm({ clients }: { clients: GivenClients }) {
  const { handOut, given, without } = clients
  const rows = useLab(({ live }) => live.rows)
  const policies = [...new Set([...rows.values()].map(({ policy }) => policy))]
  const [chosen, setChosen] = useState('')
  const policy = policies.includes(chosen) ? chosen : null
  return (
    <details className="room-clients">
      <summary>
        Hand out clients
        {(handOut !== null || given.length > 0) && (
          <span className="muted">
            {' '}
            · {given.length} given{handOut !== null && ', whoever wants one gets one'}
          </span>
        )}
      </summary>
      <p className="muted">A viewer with a client sends its messages, and can do nothing else.</p>
      <div className="field">
        <label htmlFor="room-client-policy">Their messages are for policy</label>
        <select
          id="room-client-policy"
          value={policy ?? ''}
          onChange={(event) => setChosen(event.target.value)}
        >
          <option value="">the one with the fewest clients</option>
          {policies.map((one) => (
            <option key={one}>{one}</option>
          ))}
        </select>
      </div>
      <div className="vote-actions">
        {handOut === null ? (
          <button
            type="button"
            className="button primary"
            onClick={() => askRoom({ kind: 'handOut', policy })}
          >
            To all who want one
          </button>
        ) : (
          <button type="button" className="button" onClick={() => askRoom({ kind: 'endHandOut' })}>
            Hand out no more
          </button>
        )}
        {given.length > 0 && (
          <button
            type="button"
            className="button quiet"
            onClick={() => askRoom({ kind: 'takeBack', viewer: null })}
          >
            Take all back
          </button>
        )}
      </div>
      {without.length > 0 && <GiveForm without={without} policy={policy} />}
      {given.length > 0 && (
        <ul className="room-given" aria-label="Given clients">
          {given.map(({ viewer, name, client }) => (
            <li key={viewer}>
              <span>
                <strong>Client {client}</strong> {name === '' ? `Viewer ${viewer}` : name}
              </span>
              <button
                type="button"
                className="button quiet"
                aria-label={`Take client ${client} back`}
                onClick={() => askRoom({ kind: 'takeBack', viewer })}
              >
                Take back
              </button>
            </li>
          ))}
        </ul>
      )}
    </details>
  )
}

interface GiveFormProps {
  without: GivenClients['without']
  /** Null: the lab chooses. */
  policy: string | null
}

function GiveForm({ without, policy }: GiveFormProps) {
  const [chosen, setChosen] = useState(0)
  const viewer = without.find((one) => one.viewer === chosen)?.viewer ?? without[0]?.viewer
  return (
    <form
      className="room-give"
      onSubmit={(event) => {
        event.preventDefault()
        if (viewer !== undefined) askRoom({ kind: 'giveClient', viewer, policy })
      }}
    >
      <div className="field">
        <label htmlFor="room-client-viewer">To one viewer</label>
        <select
          id="room-client-viewer"
          value={viewer}
          onChange={({ target }) => setChosen(Number(target.value))}
        >
          {without.map(({ viewer: id, name }) => (
            <option key={id} value={id}>
              {name}
            </option>
          ))}
        </select>
      </div>
      <button type="submit" className="button">
        Give
      </button>
    </form>
  )
}
