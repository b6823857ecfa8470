// A stream whose packets go to the other end on a link. The link writes their bytes to the socket, and its faults may take
// a packet or end the connection.
import type { ExchangeId, PacketId } from '../../../shared/ids'
import type { CutBy } from './faults/fault'
import type { Outgoing } from './in-transit'
import type { LinkOwner } from './link-owner'
import { SocketStream } from './socket-stream'

export abstract class LinkedStream<O extends Outgoing>
  extends SocketStream<O>
  implements LinkOwner<O>
{
  abstract handOver(...leaving: Parameters<LinkOwner<O>['handOver']>): void

  write(bytes: Uint8Array): void {
    this.connection.write(bytes)
  }

  swallowed(packet: PacketId, exchange: ExchangeId, outgoing: O): void {
    const { user } = this
    if (user.swallowed) user.swallowed(packet, exchange, outgoing)
    else user.written?.(packet, exchange, outgoing.bytes, outgoing, false)
  }

  cutting(): void {
    this.user.cutting?.()
  }

  cut(how: CutBy, _packet: PacketId, _exchange: ExchangeId, bytes: Uint8Array): void {
    if (bytes.length > 0) this.connection.write(bytes)
    this.breakOff(how)
  }
}
