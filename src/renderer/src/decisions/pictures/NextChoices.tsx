// The next choices of a policy as a row of beads, which moves on by one with each decision.

import { useShallow } from 'zustand/react/shallow'
import { shortenedId } from '../../../../shared/format'
import { policyVariable } from '../../ui/theme/policy'
import { useTurns } from '../turns'
import { nextChoices } from './current-weights'

const BEADS = 10
const LONGEST_NAME = 4

export function NextChoices({ policy }: { policy: string }) {
  const choices = useTurns(useShallow(({ state }) => nextChoices(state, policy, BEADS)))
  const colour = useTurns(({ state }) => policyVariable(state, policy))
  const latest = useTurns(({ state }) => state.decisions.get(policy))
  if (choices.length === 0) return null
  return (
    // A new element for each decision restarts its animation.
    <span
      className="beads"
      key={`${latest?.exchange} ${latest?.attempt}`}
      style={{ '--node-colour': colour }}
    >
      {choices.map((server, index) => (
        // The same server has many beads: their places are their keys.
        <span key={index} className="bead" title={server}>
          {shortenedId(server, LONGEST_NAME)}
        </span>
      ))}
    </span>
  )
}
