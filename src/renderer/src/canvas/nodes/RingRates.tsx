// In the traffic view: how many messages a second each exit of a ring lets out, as the width of a mark upon it.
import { recentRates } from '../../../../shared/metrics/rates'
import { seriesKey } from '../../../../shared/metrics/series'
import type { State } from '../../../../shared/state/state'
import { useUi } from '../../choices/ui'
import { usePaced } from '../../lab/paced'
import { type Band, type Exit, gapFor, levelBand, segmentPath } from '../ring'
import type { PolicyRing } from '../rings'
import { partOfRing } from '../traffic-view'
import { useCurrentSecond } from '../use-rate'

interface RingRatesProps {
  ring: PolicyRing
  band: Band
  places: readonly Exit[]
}

export function RingRates(props: RingRatesProps) {
  const isShown = useUi((ui) => ui.trafficView)
  return isShown ? <Levels {...props} /> : null
}

const metricsOf = ({ metrics }: State) => metrics

function Levels({ ring: { exits }, band, places }: RingRatesProps) {
  const metrics = usePaced(metricsOf)
  const last = useCurrentSecond('card')
  if (last === undefined) return null
  const gap = gapFor(band, exits.length)
  const paths = exits.flatMap(({ server }, index) => {
    const series = metrics.get(seriesKey({ of: 'server', id: server }))
    const [rate = 0] = recentRates(series, last, 1)
    const place = places[index]
    if (rate === 0 || place === undefined) return []
    return segmentPath(levelBand(band, partOfRing(rate)), place, gap)
  })
  return <path className="ring-rates" d={paths.join('')} />
}
