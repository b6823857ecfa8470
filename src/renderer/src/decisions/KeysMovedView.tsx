// How many keys have another server since the servers that can be chosen last changed: a bar, in proportion, and words.
import { keysMovedBrief, keysMovedWords } from '../../../shared/decision/others-words'
import type { State } from '../../../shared/state/state'
import { useIsUndisclosed } from '../lab/undisclosed'
import { policyVariable } from '../ui/theme/policy'

interface KeysMovedProps {
  policy: string
  state: Pick<State, 'watched' | 'slots'>
  /** In one line, for the picture. */
  isBrief?: boolean
}

export function KeysMovedView({ policy, state, isBrief = false }: KeysMovedProps) {
  const keys = state.watched.get(policy)?.keysMoved
  const isHidden = useIsUndisclosed(policy)
  if (keys === undefined || isHidden) return null
  const { moved, needless } = keys
  return (
    <span className="keys-moved" style={{ '--node-colour': policyVariable(state, policy) }}>
      <span className="keys-bar" aria-hidden="true">
        {needless > 0 && <span className="is-needless" style={{ flexGrow: needless }} />}
        <span className="is-moved" style={{ flexGrow: moved - needless }} />
        <span style={{ flexGrow: keys.keys - moved }} />
      </span>
      <span>{isBrief ? keysMovedBrief(keys) : keysMovedWords(keys)}</span>
    </span>
  )
}
