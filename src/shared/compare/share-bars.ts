// The shares of the servers in each lab as bars, with a line where the due one is.
import { CHART_HEIGHT, CHART_WIDTH } from './charts'
import { type ComparedShare, shareWords } from './shares'

/** If there are more servers, only those are shown whose shares differ most between labs or from the due one. */
const MOST_SERVERS = 24

interface ShareBar {
  readonly key: string
  readonly lab: number
  readonly words: string
  readonly x: number
  readonly y: number
  readonly width: number
  readonly height: number
  /** Where the line of the due share is. */
  readonly dueY: number | undefined
}

export interface ShareBars {
  readonly bars: readonly ShareBar[]
  readonly labels: readonly { readonly x: number; readonly text: string }[]
  /** At the upper end of the axis, in percent. */
  readonly top: number
  readonly left: number
}

/** In the units of the other charts. */
export function shareBars(all: readonly ComparedShare[]): ShareBars {
  const shown = mostDifferent(all)
  const most = Math.max(
    0.01,
    ...shown
      .flatMap(({ share, due }) => [...share, ...due])
      .map(Number)
      .filter(Number.isFinite),
  )
  const top = [0.02, 0.05, 0.1, 0.2, 0.25, 0.4, 0.5, 0.75, 1].find((one) => one >= most) ?? 1
  const step = CHART_WIDTH / Math.max(1, shown.length)
  const y = (share: number) => CHART_HEIGHT * (1 - Math.min(1, share / top))
  const bars = shown.flatMap(({ id, share, due }, place) => {
    const width = Math.min(28, (step * 0.8) / share.length)
    const left = place * step + (step - width * share.length) / 2
    return share.flatMap((value, lab): ShareBar[] => {
      if (value === undefined) return []
      const own = due[lab]
      return [
        {
          key: `${id} ${lab}`,
          lab,
          words: `Server ${id}: ${shareWords(value)}${own === undefined ? '' : `, due ${shareWords(own)}`}`,
          x: left + lab * width,
          y: y(value),
          width: width * 0.88,
          height: CHART_HEIGHT - y(value),
          dueY: own === undefined ? undefined : y(own),
        },
      ]
    })
  })
  const longest = Math.max(1, ...shown.map(({ id }) => id.length))
  const every = Math.max(1, Math.ceil((longest * 7.5 + 6) / step))
  const labels = shown.flatMap(({ id }, place) =>
    place % every === 0 ? [{ x: (place + 0.5) * step, text: id }] : [],
  )
  return { bars, labels, top: 100 * top, left: all.length - shown.length }
}

function mostDifferent(all: readonly ComparedShare[]): readonly ComparedShare[] {
  if (all.length <= MOST_SERVERS) return all
  const spread = ({ share, due }: ComparedShare) => {
    const known = [...share, ...due].flatMap((one) => one ?? [])
    return known.length === 0 ? 0 : Math.max(...known) - Math.min(...known)
  }
  const most = new Set(
    [...all].sort((one, other) => spread(other) - spread(one)).slice(0, MOST_SERVERS),
  )
  return all.filter((one) => most.has(one))
}
