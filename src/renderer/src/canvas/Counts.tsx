// How many of everything, live. Where there is too much to draw, it says by how much.
import { useSyncExternalStore } from 'react'
import { onFrame, useLab } from '../store/lab'
import { counted, formatCount } from '../text/format'
import { packetLayer } from './packets'
import type { Structure } from './structure'

export function Counts({ structure: { actors } }: { structure: Structure }) {
  const servers = actors.filter(({ role }) => role === 'server').length
  const clients = actors.filter(({ role }) => role === 'client').length
  const inFlight = useLab(({ state }) => state.inFlight.size)
  const notShown = useLab(({ state }) => state.notShown)
  const notDrawn = useSyncExternalStore(onPacketsTaken, packetsNotDrawn)
  return (
    <p className="counts">
      {counted(clients, 'client')} · {counted(servers, 'server')} · {counted(inFlight, 'packet')} in
      flight
      {notDrawn > 0 && <b> · {formatCount(notDrawn)} not drawn</b>}
      {notShown > 0 && (
        <b title="This window fell behind; the counters include these packets.">
          {' '}
          · {formatCount(notShown)} passed unseen
        </b>
      )}
    </p>
  )
}

/** After the layer has taken the frame too, whichever of the two listens first. */
function onPacketsTaken(notify: () => void): () => void {
  return onFrame(() => queueMicrotask(notify))
}

function packetsNotDrawn(): number {
  return packetLayer.notDrawn
}
