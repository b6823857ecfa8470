// The next choices of a policy as a row of beads, which moves on by one with a decision, and is there at once where one change
// stands for many; in words for screen readers.

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
  const movesOn = useTurns(({ decided }) => decided === 1)
  if (coming.length === 0) return null
  return (
    // A new element for each decision restarts its animation.
    <span
      key={movesOn ? `${latest?.exchange} ${latest?.attempt}` : 'many'}
      style={{ '--node-colour': colour }}
    >
      <span className={movesOn ? 'beads moves-on' : 'beads'} aria-hidden="true">
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
