// What the charts are about: which messages, which part of their latency, and which servers, for as long as the window is open.
import { create } from 'zustand'
import type { Latency } from '../../../shared/metrics/second'
import { EVERYTHING } from '../../../shared/metrics/series'

import type { ShownServers } from './shown-servers'

interface ChartChoice {
  group: string
  latency: Latency
  servers: ShownServers
}

export const useChartChoice = create<ChartChoice>(() => ({
  group: EVERYTHING,
  latency: 'whole',
  servers: 'farthest',
}))
