// Utilisation against latency, one point for each second: above some utilisation, the latency climbs steeply (the knee). There is no
// theoretical curve beside it: it would hold only for one kind of arrivals and of work.
import type { SecondFigures } from '../../../shared/metrics/series'
import { secondsOf } from './seconds'
import { type Subject, serverSeries } from './subject'

interface KneePoint {
  /** The end of the second, in seconds. */
  readonly time: number
  /** From 0 to 1. */
  readonly utilisation: number
  readonly ms: number
}

export interface Knee {
  readonly points: readonly KneePoint[]
  /** For each tenth of utilisation with answered messages, the measured mean of all of them. */
  readonly means: readonly { readonly utilisation: number; readonly ms: number }[]
  /** What the points are: the mean whole latency, or the median of a part. */
  readonly words: 'mean' | 'median'
}

const BANDS = 10

export function kneeOf(subject: Subject): Knee {
  const { metrics, group, latency, span, policies } = subject
  const used = meanUtilisation(
    serverSeries(metrics, group, policies).map((series) => secondsOf(series, span)),
  )
  const seconds = secondsOf(metrics.get(group), span)
  const words = latency === 'whole' ? 'mean' : 'median'
  const points = seconds.flatMap((one, index) => {
    const utilisation = used[index]
    const ms = words === 'mean' ? meanOf(one) : one.latencies[latency]?.p50
    if (utilisation === undefined || ms === undefined) return []
    return [{ time: one.second + 1, utilisation, ms }]
  })
  return { points, means: words === 'mean' ? meansOf(seconds, used) : [], words }
}

/** The mean over all servers whose utilisation is known, second by second. */
function meanUtilisation(servers: readonly (readonly SecondFigures[])[]): (number | undefined)[] {
  return (servers[0] ?? []).map((_, index) => {
    const known = servers.flatMap((seconds) => seconds[index]?.utilisation ?? [])
    if (known.length === 0) return undefined
    return known.reduce((all, one) => all + one, 0) / known.length
  })
}

function meanOf({ answered, wholeMs }: SecondFigures): number | undefined {
  return answered === 0 ? undefined : wholeMs / answered
}

function meansOf(
  seconds: readonly SecondFigures[],
  used: readonly (number | undefined)[],
): Knee['means'] {
  const bands = Array.from({ length: BANDS }, () => ({ answered: 0, wholeMs: 0, used: 0 }))
  seconds.forEach(({ answered, wholeMs }, index) => {
    const utilisation = used[index]
    if (utilisation === undefined) return
    const band = bands[Math.min(BANDS - 1, Math.floor(utilisation * BANDS))]
    if (band === undefined) return
    band.answered += answered
    band.wholeMs += wholeMs
    band.used += utilisation * answered
  })
  return bands.flatMap(({ answered, wholeMs, used }) =>
    answered === 0 ? [] : [{ utilisation: used / answered, ms: wholeMs / answered }],
  )
}
