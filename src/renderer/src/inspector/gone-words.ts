// Why a packet or a node cannot be shown.
import type { PacketId } from '../../../shared/ids'
import type { ExchangeView } from '../past/packet-source'

interface Search extends Pick<ExchangeView, 'isGone' | 'problem'> {
  /** Whether the screen is live. */
  isLive: boolean
  /** The last packet sent up to the moment on the screen. */
  lastPacket: PacketId
}

/** Undefined while the packet is being looked up. */
export function goneWords(id: PacketId, search: Search): string | undefined {
  if (!search.isLive && id > search.lastPacket) {
    return `At this moment packet ${id} has not been sent yet.`
  }
  if (search.isGone || search.problem !== undefined) {
    return `Packet ${id} is no longer in the history.`
  }
  return undefined
}

export function goneNodeWords(name: string, isLive: boolean): string {
  return isLive ? `${name} is no longer in the lab.` : `${name} is not in the lab at this moment.`
}
