// The latest decision of a policy, with its receipt.
import type { Decision, State } from '../../../shared/state/state'
import { visibly } from '../../../shared/visible-controls'
import { ReceiptView } from './ReceiptView'

export function LatestDecision({ decision, state }: { decision: Decision; state: State }) {
  return (
    <ReceiptView
      decision={decision}
      state={state}
      about={visibly`Last decision for policy ${decision.policy}: ${chosenWords(decision)}`}
    />
  )
}

function chosenWords({ server }: Decision): string {
  return server === null ? 'no server' : `server ${server}`
}
