// Lights the way of the selected packet's exchange.
import { useEffect } from 'react'
import type { PacketId } from '../../../../shared/ids'
import { usePacedState } from '../../lab/paced'
import { useExchange } from '../../past/packet-source'
import { NO_WAY, sameWay, useWay, wayOf } from './way'

export function LitWay({ packet }: { packet: PacketId }) {
  const { packets } = useExchange(usePacedState(), packet)
  useEffect(() => {
    const way = wayOf(packets)
    if (!sameWay(way, useWay.getState().way)) useWay.setState({ way })
  }, [packets])
  useEffect(() => () => useWay.setState({ way: NO_WAY }), [])
  return null
}
