// The next choices of a policy as a row of beads, which moves on by one with each decision; in words for screen readers.

import { comingIn } from '../../../../shared/decision/coming'
import { comingWords } from '../../../../shared/decision/others-words'
import { shortenedId } from '../../../../shared/format'
import { useLook } from '../../lab/looks'
import { policyVariable } from '../../ui/theme/policy'
import { useTurns } from '../turns'

const LONGEST_NAME = 4

export function NextChoices({ policy }: { policy: string }) {
  useLook('pictures', policy)
  const coming = useTurns(({ state }) => comingIn(state, policy))
  const colour = useTurns(({ state }) => policyVariable(state, policy))
  const latest = useTurns(({ state }) => state.decisions.get(policy))
  if (coming.length === 0) return null
  return (
    // A new element for each decision restarts its animation.
    <span key={`${latest?.exchange} ${latest?.attempt}`} style={{ '--node-colour': colour }}>
      <span className="beads" aria-hidden="true">
        {coming.map((server, index) => (
          // The same server has many beads: their places are their keys.
          <span key={index} className="bead" title={server}>
            {shortenedId(server, LONGEST_NAME)}
          </span>
        ))}
      </span>
      <span className="visually-hidden">{comingWords(coming)}</span>
    </span>
  )
}
