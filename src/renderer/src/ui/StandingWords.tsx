// A server's standings by shape and words, with a countdown where one ends by time.
import {
  type Standing,
  shortStanding,
  standingWords,
  untilOf,
} from '../../../shared/state/standing'
import { useTimeLeft } from '../past/seconds-left'
import { StandingIcon } from './StandingIcon'

export function StandingWords({ standings }: { standings: readonly Standing[] }) {
  return (
    <span className="standings">
      {standings.map((standing) => (
        <span key={standing.kind} className={`standing is-${standing.kind}`}>
          <StandingIcon kind={standing.kind} />
          {standingWords(standing)}
          <Left standing={standing} />
        </span>
      ))}
    </span>
  )
}

function Left({ standing }: { standing: Standing }) {
  const left = useTimeLeft(untilOf(standing))
  return left === '' ? null : <span className="standing-left">{left} left</span>
}

/** For a card: `ejected 12 s`. */
export function useMark(standing: Standing): string {
  const left = useTimeLeft(untilOf(standing))
  const mark = shortStanding(standing)
  return left === '' ? mark : `${mark} ${left}`
}
