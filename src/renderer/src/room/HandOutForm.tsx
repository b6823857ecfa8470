// Gives clients or servers of the lab to viewers, to all who ask for one or to one of them, and takes them back.
import { type MouseEvent, useId, useState } from 'react'
import type { GivenKind, GivenNodes } from '../../../shared/room/given-nodes'
import { useLab } from '../lab/lab'
import { leaveButton } from './leave-button'
import { askRoom } from './room-state'
import { viewerNames } from './viewer-names'

const WORDS = {
  client: {
    name: 'Client',
    what: 'A viewer with a client sends its messages, and can do nothing else.',
    policy: 'Their messages are for policy',
    fewest: 'the one with the fewest clients',
  },
  server: {
    name: 'Server',
    what: 'A viewer with a server types the answer to each of its messages, and can do nothing else.',
    policy: 'They serve policy',
    fewest: 'the one with the fewest servers',
  },
} as const

interface HandOutFormProps {
  what: GivenKind
  nodes: GivenNodes
}

export function HandOutForm({ what, nodes }: HandOutFormProps) {
  const id = useId()
  const words = WORDS[what]
  const { handOut, given, without } = nodes
  const rows = useLab(({ live }) => live.rows)
  const policies = [...new Set([...rows.values()].map(({ policy }) => policy))]
  const [chosen, setChosen] = useState('')
  const policy = policies.includes(chosen) ? chosen : null
  const names = viewerNames([...given, ...without])
  function takeBack({ currentTarget }: MouseEvent<HTMLElement>, viewer: number | null): void {
    askRoom({ kind: 'takeBack', what, viewer })
    leaveButton(currentTarget)
  }
  return (
    <>
      <h3 tabIndex={-1}>
        Hand out {what}s
        {(handOut !== null || given.length > 0) && (
          <span className="muted">
            {' '}
            · {given.length} given{handOut !== null && ', whoever wants one gets one'}
          </span>
        )}
      </h3>
      <p className="muted">{words.what}</p>
      <div className="field">
        <label htmlFor={id}>{words.policy}</label>
        <select id={id} value={policy ?? ''} onChange={(event) => setChosen(event.target.value)}>
          <option value="">{words.fewest}</option>
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
            onClick={() => askRoom({ kind: 'handOut', what, policy })}
          >
            To all who want one
          </button>
        ) : (
          <button
            type="button"
            className="button"
            onClick={() => askRoom({ kind: 'endHandOut', what })}
          >
            Hand out no more
          </button>
        )}
        {given.length > 0 && (
          <button type="button" className="button quiet" onClick={(event) => takeBack(event, null)}>
            Take all back
          </button>
        )}
      </div>
      {without.length > 0 && (
        <GiveForm what={what} without={without} names={names} policy={policy} />
      )}
      {given.length > 0 && (
        <ul className="room-given" aria-label={`Given ${what}s`}>
          {given.map(({ viewer, id: node }) => (
            <li key={viewer}>
              <span>
                <strong>
                  {words.name} {node}
                </strong>{' '}
                {names.get(viewer)}
              </span>
              <button
                type="button"
                className="button quiet"
                aria-label={`Take ${what} ${node} back`}
                onClick={(event) => takeBack(event, viewer)}
              >
                Take back
              </button>
            </li>
          ))}
        </ul>
      )}
    </>
  )
}

interface GiveFormProps {
  what: GivenKind
  without: GivenNodes['without']
  /** By number. */
  names: ReadonlyMap<number, string>
  /** Null: the lab chooses. */
  policy: string | null
}

function GiveForm({ what, without, names, policy }: GiveFormProps) {
  const id = useId()
  const [chosen, setChosen] = useState(0)
  const viewer = without.find((one) => one.viewer === chosen)?.viewer ?? without[0]?.viewer
  return (
    <form
      className="room-give"
      onSubmit={(event) => {
        event.preventDefault()
        if (viewer !== undefined) askRoom({ kind: 'give', what, viewer, policy })
      }}
    >
      <div className="field">
        <label htmlFor={id}>To one viewer</label>
        <select id={id} value={viewer} onChange={({ target }) => setChosen(Number(target.value))}>
          {without.map(({ viewer: number }) => (
            <option key={number} value={number}>
              {names.get(number)}
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
