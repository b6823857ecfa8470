// A server's registration with the proxy. If a fault of the link swallows it, it is sent again when the link's faults
// change: the proxy answers only wrong registrations, so the server cannot learn of the loss in another way.
import type { Node } from '../../../shared/events'
import { type NodeId, PROXY, type ProtocolId } from '../../../shared/ids'
import { composeRegistration } from '../../../shared/protocol/compose'
import type { Lab } from '../lab'
import type { SetFault } from '../links/faults/faults'
import { dialStream } from '../links/open-stream'
import type { PacketStream } from '../links/packet-stream'

export interface RegisteringServer extends Node {
  protocolId: ProtocolId
  policy: ProtocolId
}

export class ServerRegistration {
  private stream: PacketStream | undefined
  /** A fault has swallowed the registration on `stream`. */
  private isLost = false
  /** The server has changed since the registration in flight was sent. */
  private isOutdated = false
  /** Tells that the registration in flight will not be written. */
  private giveUp: (() => void) | undefined
  /** Stops waiting for the link. */
  private stopWaiting: (() => void) | undefined

  /** `again`: registers the server with the settings that it has then. `failed`: nobody takes registrations there. */
  constructor(
    private readonly lab: Lab,
    private readonly again: () => void,
    private readonly failed: () => void,
  ) {}

  /**
   * Sends the proxy the server's id, policy and port. If another registration is in flight, it waits for that one: on two
   * connections at once, the older one could arrive last and replace the newer.
   */
  send({ id, protocolId, policy }: RegisteringServer, port: number): void {
    const { seat } = this.lab
    if (seat.foreign?.takesRegistrations === false) return
    this.stopWaiting?.()
    this.isOutdated = this.stream !== undefined && !this.isLost
    if (this.isOutdated) return
    this.stop()
    const { faults, journal } = this.lab
    const before = faults.of(id)
    let isSent = false
    const finish = () => {
      isSent = true
      if (stream.idle) stream.end()
      this.lab.seat.registrationSent?.(id)
    }
    const stream = dialStream(this.lab, id, PROXY, seat.endpointOf(policy), {
      written: finish,
      dropped: finish,
      swallowed: () => {
        if (this.stream === stream) this.isLost = true
        this.lab.seat.registrationSent?.(id)
      },
      arrived: () => {},
      ended: () => stream.end(),
      closed: (error) => {
        const isCurrent = this.stream === stream
        if (isCurrent) this.stream = undefined
        const isHarmed = !isSent && before.length + faults.of(id).length > 0
        if (error || isHarmed) {
          const why = error?.message ?? 'A fault of the link has ended its connection.'
          const next = isHarmed ? ' It registers again when the faults of its link change.' : ''
          const text = `Could not register with the proxy: ${why}${next}`
          journal.emit({ type: 'log', node: id, level: 'error', text })
        }
        if (!isCurrent) return
        if (!isSent) this.lab.seat.registrationSent?.(id)
        if (error) this.failed()
        if (this.isOutdated) this.again()
        else if (isHarmed) this.waitForLink(id, before)
      },
      lossReasons: (error) =>
        error
          ? { sent: 'PROXY_UNREACHABLE', unread: 'PROXY_UNREACHABLE' }
          : { sent: 'SERVER_REMOVED', unread: 'SERVER_REMOVED' },
    })
    this.stream = stream
    this.giveUp = () => {
      if (!isSent) this.lab.seat.registrationSent?.(id)
    }
    this.isLost = false
    const bytes = composeRegistration(protocolId, policy, port, seat.foreign?.spelling)
    stream.send({ kind: 1, exchange: 0, bytes })
  }

  stop(): void {
    this.stopWaiting?.()
    const { stream, giveUp } = this
    this.stream = undefined
    this.giveUp = undefined
    stream?.destroy('SERVER_REMOVED')
    giveUp?.()
  }

  /** `tried`: the faults of the link when the registration was sent. */
  private waitForLink(node: NodeId, tried: readonly SetFault[]): void {
    const { faults } = this.lab
    let before = tried
    const listener = {
      faultsChanged: () => {
        const now = faults.of(node)
        const isSame = now.length === before.length && now.every((one, at) => one === before[at])
        before = now
        if (isSame || faults.isDown(node)) return
        this.stopWaiting?.()
        this.again()
      },
    }
    this.stopWaiting = () => {
      this.stopWaiting = undefined
      faults.closed(listener)
    }
    faults.opened(listener)
    // They may have changed before the connection was closed.
    listener.faultsChanged()
  }
}
