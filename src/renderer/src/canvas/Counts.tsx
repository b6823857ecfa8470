// Live counts of nodes and packets, and of packets that are too many to be drawn.

import { counted, formatCount } from '../../../shared/format'
import { presentClients } from '../../../shared/state/left-clients'
import { usePaced } from '../lab/paced'
import { usePacketsNotDrawn } from './packets'

export function Counts() {
  const servers = usePaced(
    ({ nodes }) => [...nodes.values()].filter(({ role }) => role === 'server').length,
  )
  const clients = usePaced(({ nodes }) => presentClients(nodes))
  const inFlight = usePaced((state) => state.inFlight.size)
  const notShown = usePaced((state) => state.notShown)
  const notDrawn = usePacketsNotDrawn()
  return (
    <p className={notDrawn > 0 || notShown > 0 ? 'counts counts-lacking' : 'counts'}>
      <span className="counts-actors">
        {counted(clients, 'client')} · {counted(servers, 'server')} ·{' '}
      </span>
      {counted(inFlight, 'packet')} in flight
      {notDrawn > 0 && <b> · {formatCount(notDrawn)} too fast to draw</b>}
      {notShown > 0 && (
        <b title="This window could not keep up; the counters include these packets.">
          {' '}
          · {formatCount(notShown)} not shown
        </b>
      )}
    </p>
  )
}
