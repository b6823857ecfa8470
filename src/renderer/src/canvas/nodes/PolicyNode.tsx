// The tinted box around servers of one policy. Dragging it moves them all.
import { memo } from 'react'
import type { NodeProps } from 'reactflow'
import { counted } from '../../../../shared/format'
import { useUi } from '../../choices/ui'
import { useLab } from '../../lab/lab'
import { Id } from '../../ui/Id'
import { policySwatch, policyVariable } from '../../ui/theme/policy'
import { useAllDimmed } from '../dimming'
import { nameElementId, type PolicyFlowNode } from '../flow'

/** Boxes with at least this many servers show their number. */
const COUNTED_FROM = 7
/** In projector mode, narrower boxes have room for the policy alone. */
const FITS_WORD = 120

export const PolicyNode = memo(function PolicyNode({
  id,
  data,
  width = 0,
}: NodeProps<PolicyFlowNode>) {
  const { policy, members, isTitled } = data
  const colour = useLab(({ state }) => policyVariable(state, policy))
  const swatch = useLab(({ state }) => policySwatch(state, policy))
  const dimmed = useAllDimmed(members)
  const projector = useUi((ui) => ui.projector)
  return (
    <div
      className={dimmed ? 'policy-box is-dimmed' : 'policy-box'}
      style={{ '--node-colour': colour }}
    >
      <span className={isTitled ? 'policy-title' : 'canvas-hidden'} id={nameElementId(id)}>
        {/* Where another policy has the same colour. */}
        {swatch !== colour && <span className="swatch" style={{ background: swatch }} />}
        {projector && width < FITS_WORD ? (
          <>
            <span className="canvas-hidden">policy </span>
            <Id text={policy} />
          </>
        ) : (
          <Id before="policy " text={policy} />
        )}
      </span>
      {members.length >= COUNTED_FROM && (
        <span className="policy-count">{counted(members.length, 'server')}</span>
      )}
    </div>
  )
})
