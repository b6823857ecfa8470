// A drawing of a decision as one row: bars of what was compared, or a strip with the message's place. The sentence of the rule
// stands beside it, so that screen readers leave it out.
import type { CSSProperties } from 'react'
import { formatDuration, shortenedId } from '../../../../shared/format'
import type { Bar, Drawing, StripPiece } from './picture'
import { useDecay } from './use-decay'

const LONGEST_NAME = 8

export function DrawingView({ drawing }: { drawing: Drawing }) {
  if (drawing.kind === 'strip') return <Strip {...drawing} />
  const { bars, best, left, drawn } = drawing
  return (
    <div className="drawing drawing-bars" aria-hidden="true">
      {bars.map((bar) => (
        <BarView key={bar.server} {...bar} best={best} isLoser={drawn && bar.part !== 'chosen'} />
      ))}
      {left > 0 && <span className="drawing-left">+{left}</span>}
    </div>
  )
}

function BarView({
  server,
  words,
  length,
  part,
  decays,
  best,
  isLoser,
}: Bar & { best: string; isLoser: boolean }) {
  const { left, hasEnded } = useDecay(server, decays)
  return (
    <span className={`drawing-bar is-${part}${isLoser ? ' is-loser' : ''}`}>
      <span className="drawing-name">
        <b>{shortenedId(server, LONGEST_NAME)}</b>
        {part === 'chosen' && ` ✓ ${best}`}
        {isLoser && ' drawn'}
      </span>
      <span className="drawing-track" style={{ '--length': length * left }}>
        {words}
        {decays && left < 1 && ` → ${formatDuration(decays.value * left)}`}
        {hasEnded && ', answered'}
      </span>
    </span>
  )
}

function Strip({ pieces, at, to, words, points = [] }: Extract<Drawing, { kind: 'strip' }>) {
  return (
    <div className="drawing drawing-strip" aria-hidden="true">
      <span className="drawing-words">{words}</span>
      <div className="drawing-line">
        {pieces.map((piece) => (
          <PieceView key={piece.from} {...piece} />
        ))}
        {points.map((point) => (
          <span key={point} className="drawing-point" style={placed(point)} />
        ))}
        {at !== undefined && to !== undefined && (
          <span
            className={to < at ? 'drawing-walk is-back' : 'drawing-walk'}
            style={placed(Math.min(at, to), Math.max(at, to))}
          />
        )}
        {at !== undefined && <span className="drawing-key" style={placed(at)} />}
      </div>
    </div>
  )
}

function PieceView({ server, from, to, part }: StripPiece) {
  return (
    <span className={`drawing-piece is-${part}`} style={placed(from, to)}>
      {server !== '' && shortenedId(server, LONGEST_NAME)}
    </span>
  )
}

function placed(from: number, to = from): CSSProperties {
  return { left: `${100 * from}%`, width: to === from ? undefined : `${100 * (to - from)}%` }
}
