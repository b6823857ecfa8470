// What the charts show: the chosen group, over the seconds around the moment on the screen.
import { useCallback, useMemo, useState } from 'react'
import type { ProtocolId } from '../../../shared/ids'
import { EVERYTHING } from '../../../shared/metrics/series'
import type { State } from '../../../shared/state/state'
import { useUi } from '../choices/ui'
import { useLab } from '../lab/lab'
import { usePaced } from '../lab/paced'
import { usePast } from '../past/past'
import { useShownMoment } from '../past/shown-moment'
import { useChartChoice } from './choice'
import { singlesKeptSince } from './kept-since'
import { shownSpan } from './seconds'
import { policiesSelector, type Subject } from './subject'

const metricsOf = ({ metrics }: State) => metrics

/** `moment`: looked back to, in seconds; undefined while live. `subject`: undefined before the first second. */
export function useSubject(): { subject: Subject | undefined; moment: number | undefined } {
  const view = usePast((past) => past.view)
  const here = usePaced(metricsOf)
  const live = useLab((lab) => (view === 'past' ? lab.live.metrics : undefined))
  const recorded = usePast((past) => past.metrics)
  const at = useShownMoment(view !== 'now')
  const [selectPolicies] = useState(policiesSelector)
  const policies = usePaced(selectPolicies)
  const { group, latency, servers } = useChartChoice()
  const selected = useSelectedServer()
  const stretch = useUi((ui) => ui.chartStretch)
  const all = view === 'recording' ? recorded : live
  const moment = view === 'now' ? undefined : at / 1000
  // The end of the session no longer has the seconds around the moment, of everything or of single groups.
  const keptSince =
    all && Math.max(all.get(EVERYTHING)?.rows[0]?.[0] ?? 0, singlesKeptSince(all) ?? 0)
  const isForgotten = (keptSince ?? 0) > (moment ?? 0)
  const metrics = all === undefined || isForgotten ? here : all
  const span = shownSpan(metrics, stretch, moment === undefined ? undefined : at)
  const { from, to } = span ?? {}
  const subject = useMemo(
    () =>
      from === undefined || to === undefined
        ? undefined
        : {
            metrics,
            group: metrics.has(group) ? group : EVERYTHING,
            latency,
            span: { from, to },
            policies,
            servers,
            selected,
          },
    [metrics, group, latency, from, to, policies, servers, selected],
  )
  return { subject, moment }
}

/** The id of the server that is selected on the graph. */
function useSelectedServer(): ProtocolId | undefined {
  const node = useUi(({ selection }) => (selection?.kind === 'node' ? selection.id : undefined))
  return usePaced(
    useCallback(
      ({ nodes }: State) => {
        const { role, protocolId } = nodes.get(node ?? '') ?? {}
        return role === 'server' ? protocolId : undefined
      },
      [node],
    ),
  )
}
