// A policy's small ring in the roundabout of very many policies, with the policy's name and whose turn is next.
import { memo } from 'react'
import { useShallow } from 'zustand/react/shallow'
import { nextWords } from '../../../../shared/decision/next'
import { counted, shortenedId } from '../../../../shared/format'
import { visibly } from '../../../../shared/visible-controls'
import { useTurns } from '../../decisions'
import type { Point } from '../../ui/point'
import { policyPieces, policyVariable } from '../../ui/theme/policy'
import { CELL, MINI_BAND } from '../mini-rings'
import type { PolicyRing } from '../rings'
import { Ring } from './Ring'

/** How many characters of most ids fit into a cell; wider ids are cut. */
const LONGEST_NAME = 7
const TEXT_AT = 2 * MINI_BAND.outer + 12
/** The swatch between the ring and the text, cut into pieces where other policies have the same colour. */
const SWATCH = { x: 2 * MINI_BAND.outer + 5, width: 3, height: 24, gap: 2 } as const

export const MiniRing = memo(function MiniRing({ ring, cell }: { ring: PolicyRing; cell: Point }) {
  const { policy, exits } = ring
  const colour = useTurns(({ state }) => policyVariable(state, policy))
  const pieces = useTurns(({ state }) => policyPieces(state, policy))
  const { before, next, isDown } = useTurns(useShallow(({ state }) => nextWords(state, policy)))
  const isPicked = useTurns(({ receipt }) => receipt?.policy === policy)
  // Where the algorithm has no turn, its name stands in its place.
  const line =
    next === undefined ? before.replace(/ for$/, '') : `→ ${shortenedId(next, LONGEST_NAME)}`
  const piece = (SWATCH.height + SWATCH.gap) / pieces
  return (
    <g
      className={isPicked ? 'mini-ring is-picked' : 'mini-ring'}
      style={{ '--node-colour': colour }}
      transform={`translate(${cell.x} ${cell.y})`}
    >
      <title>{visibly`Policy ${policy}: ${before} it${next === undefined ? '' : ` ${next}`}, ${counted(exits.length, 'server')}`}</title>
      <rect className="mini-ring-cell" {...CELL} rx={6} />
      <g transform={`translate(${MINI_BAND.outer + 2} ${CELL.height / 2})`}>
        <Ring ring={ring} band={MINI_BAND} />
      </g>
      {Array.from({ length: pieces }, (_, index) => (
        <rect
          key={index}
          className="mini-ring-swatch"
          x={SWATCH.x}
          y={(CELL.height - SWATCH.height) / 2 + index * piece}
          width={SWATCH.width}
          height={piece - SWATCH.gap}
          rx={1}
        />
      ))}
      {/* Cuts what is wider than the cell, which text of an SVG does not. */}
      <foreignObject x={TEXT_AT} width={CELL.width - TEXT_AT} height={CELL.height}>
        <div className="mini-ring-words">
          <span className="mini-ring-policy">{shortenedId(policy, LONGEST_NAME)}</span>
          <span className={isDown ? 'mini-ring-next is-down' : 'mini-ring-next'}>{line}</span>
        </div>
      </foreignObject>
    </g>
  )
})
