// The tinted box around servers of one policy. A click selects the policy, or opens the menu of algorithms in its title;
// dragging the box moves its servers.
import { memo } from 'react'
import type { NodeProps } from 'reactflow'
import { comingIn } from '../../../../shared/decision/coming'
import { comingWords } from '../../../../shared/decision/others-words'
import { shortAlgorithmName } from '../../../../shared/decision/ways'
import { counted } from '../../../../shared/format'
import { POOL_SETTINGS } from '../../../../shared/settings/pool'
import { poolIn } from '../../../../shared/state/pool'
import { waitingWords } from '../../../../shared/state/queue-words'
import { visibly } from '../../../../shared/visible-controls'
import { useUi } from '../../choices/ui'
import { useTurns } from '../../decisions'
import { Id } from '../../ui/Id'
import { policySwatch, policyVariable } from '../../ui/theme/policy'
import { useBoxDimmed } from '../dimming'
import type { PolicyFlowNode } from '../flow'
import { useSampled } from '../use-sampled'
import { MenuMark } from './MenuMark'
import { AccessibleName } from './NodeParts'

/** Boxes with at least this many servers show their number. */
const COUNTED_FROM = 7
/** Wider boxes have room for the algorithm's name. */
const FITS_ALGORITHM = 240
/** And for who waits, in all words. */
const FITS_WAITING = 280
/** In projector mode, narrower boxes, and those where messages wait, have room for the id alone. */
const FITS_WORD = 120

export const PolicyNode = memo(function PolicyNode({
  id,
  data,
  width = 0,
}: NodeProps<PolicyFlowNode>) {
  const { policy, members, isTitled } = data
  const colour = useSampled('card', (state) => policyVariable(state, policy))
  const swatch = useSampled('card', (state) => policySwatch(state, policy))
  const dimmed = useBoxDimmed(policy, members)
  const projector = useUi((ui) => ui.projector)
  const selected = useUi(({ selection }) => selection?.kind === 'policy' && selection.id === policy)
  const isForeign = useSampled('card', (state) => state.foreign !== null)
  const algorithm = useSampled('card', (state) => poolIn(state, policy).algorithm)
  const coming = useTurns(({ state }) => comingIn(state, policy))
  const waiting = useSampled('card', (state) => waitingWords(state, policy))
  const name = [
    isForeign
      ? visibly`policy ${policy}`
      : visibly`policy ${policy}, ${POOL_SETTINGS.algorithm.say(algorithm)}`,
    ...(waiting === '' ? [] : [waiting]),
    ...(coming.length > 0 ? [comingWords(coming)] : []),
  ]
  // Who waits matters more than the algorithm's name.
  const isNamed = width >= FITS_ALGORITHM && !projector && waiting === ''
  const isCounted = members.length >= COUNTED_FROM && (!projector || width >= FITS_ALGORITHM)
  const classes = ['policy-box']
  if (dimmed) classes.push('is-dimmed')
  if (selected) classes.push('is-selected')
  return (
    <div className={classes.join(' ')} style={{ '--node-colour': colour }}>
      <AccessibleName id={id}>{name.join('. ')}</AccessibleName>
      {isTitled && (
        <span className="policy-title" aria-hidden="true">
          {/* Where another policy has the same colour. */}
          {swatch !== colour && <span className="swatch" style={{ background: swatch }} />}
          {projector && (width < FITS_WORD || waiting !== '') ? (
            <Id text={policy} />
          ) : (
            <Id before="policy " text={policy} />
          )}
        </span>
      )}
      {isTitled && waiting !== '' && (
        <span className="policy-waiting">
          {projector || width < FITS_WAITING ? waiting.replace(/ of .*/, '') : waiting}
        </span>
      )}
      {isCounted && <span className="policy-count">{counted(members.length, 'server')}</span>}
      {isTitled && !isForeign && (
        <MenuMark policy={policy} className="policy-algorithm">
          {isNamed && <span>{shortAlgorithmName(algorithm)}</span>}
        </MenuMark>
      )}
    </div>
  )
})
