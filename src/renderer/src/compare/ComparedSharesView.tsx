// The share of each server in each lab as bars beside one another, with a line where the due one is.
import { memo } from 'react'
import { CHART_DASHES, CHART_HEIGHT, CHART_WIDTH } from '../../../shared/compare/charts'
import type { ShareBars } from '../../../shared/compare/share-bars'

export const ComparedSharesView = memo(function ComparedSharesView({
  shown: { bars, labels, top, left },
}: {
  shown: ShareBars
}) {
  return (
    <figure className="compared-chart">
      <figcaption>
        <strong>Share</strong>{' '}
        <span className="muted">
          % of its policy{left > 0 && `, without the ${left} servers that differ least`}
        </span>
        <span className="compared-legend">
          <span>
            <svg className="due-sample" viewBox="0 0 28 8" aria-hidden="true">
              <path className="due" d="M1 4H27" />
            </svg>{' '}
            due
          </span>
        </span>
      </figcaption>
      {/* The table has the figures. */}
      <svg viewBox={`-46 -8 ${CHART_WIDTH + 54} ${CHART_HEIGHT + 28}`} aria-hidden="true">
        <path className="frame" d={`M0 0V${CHART_HEIGHT}H${CHART_WIDTH}`} />
        <text x={-6} y={6} textAnchor="end">
          {top}
        </text>
        <text x={-6} y={CHART_HEIGHT} textAnchor="end">
          0
        </text>
        {labels.map(({ x, text }) => (
          <text key={text} x={x} y={CHART_HEIGHT + 15} textAnchor="middle">
            {text}
          </text>
        ))}
        {bars.map(({ key, lab, words, x, y, width, height, dueY }) => (
          <g key={key} data-lab={lab}>
            <rect
              x={x}
              y={y}
              width={width}
              height={height}
              strokeDasharray={CHART_DASHES[lab] ?? 'none'}
            >
              <title>{words}</title>
            </rect>
            {dueY !== undefined && (
              <path className="due" d={`M${x - width * 0.07} ${dueY}h${width * 1.14}`} />
            )}
          </g>
        ))}
      </svg>
    </figure>
  )
})
