// Below the roundabout, while another program has the proxy's place: the latest choice that was seen, policy by policy.
import type { ForeignState } from '../../../shared/foreign-proxy'
import { Id } from '../ui/Id'

interface SeenTurnsProps {
  foreign: ForeignState
  colourOf: (policy: string) => string
}

export function SeenTurns({ foreign: { last }, colourOf }: SeenTurnsProps) {
  if (last.length === 0) return <span>no choice seen yet</span>
  return last.map(({ policy, server, expected }) => (
    <span key={policy} style={{ '--node-colour': colourOf(policy) }}>
      seen for{' '}
      <b>
        <Id text={policy} />
      </b>{' '}
      →{' '}
      <b>
        <Id text={server} />
      </b>
      {expected !== null && expected !== server && (
        <>
          {' '}
          (turn: <Id text={expected} />)
        </>
      )}
    </span>
  ))
}
