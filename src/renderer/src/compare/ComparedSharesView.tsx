// The share of each server in each lab as bars beside one another, with a line where the due one is.
import { memo, useMemo } from 'react'
import { shareShapes } from '../../../shared/compare/chart-shapes'
import { shareTable } from '../../../shared/compare/chart-tables'
import { shareBars } from '../../../shared/compare/share-bars'
import type { ComparedShare } from '../../../shared/compare/shares'
import { ComparedFigure, drawn } from './ComparedFigure'

interface SharesProps {
  shares: readonly ComparedShare[]
  /** The labs' names. */
  labs: readonly string[]
}

export const ComparedSharesView = memo(function ComparedSharesView({ shares, labs }: SharesProps) {
  const bars = useMemo(() => shareBars(shares), [shares])
  return (
    <ComparedFigure
      title="Share"
      unit={`% of its policy${bars.left > 0 ? `, without the ${bars.left} servers that differ least` : ''}`}
      legend={
        <span>
          <svg className="due-sample" viewBox="0 0 28 8" aria-hidden="true">
            <path className="due" d="M1 4H27" />
          </svg>{' '}
          due
        </span>
      }
      drawing={drawn(shareShapes(bars))}
      table={shareTable(shares, labs)}
    />
  )
})
