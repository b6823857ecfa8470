// One of the charts: its figures, and the tile that draws them.
import { useMemo } from 'react'
import type { ChartName } from '../choices/preferences'
import { HistogramTile, KneeTile } from './DrawnTile'
import { latencyHistogram } from './histogram'
import { kneeOf } from './knee'
import { LineTile } from './LineTile'
import { LATENCY_WORDS, lineChart } from './line-charts'
import type { Subject } from './subject'
import { upTo } from './up-to'

interface ChartOfProps {
  name: ChartName
  subject: Subject
  /** The moment that is looked back to, in seconds; undefined while live. */
  moment: number | undefined
}

export function ChartOf({ name, subject, moment }: ChartOfProps) {
  const words = LATENCY_WORDS[subject.latency]
  const chart = useMemo(() => {
    switch (name) {
      case 'histogram':
        return { name, shown: latencyHistogram(upTo(moment, subject)) }
      case 'knee':
        return { name, shown: kneeOf(upTo(moment, subject)) }
      default:
        return lineChart(name, subject)
    }
  }, [name, subject, name === 'histogram' || name === 'knee' ? moment : 0])
  switch (chart.name) {
    case 'histogram':
      return <HistogramTile words={words} shown={chart.shown} />
    case 'knee':
      return <KneeTile words={words} shown={chart.shown} />
    default:
      return <LineTile chart={chart} moment={moment} />
  }
}
