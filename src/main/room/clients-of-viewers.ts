// The clients that viewers are given: each viewer has its own send messages, and nothing else.
import { isSending } from '../../shared/carried'
import type { LabEvent } from '../../shared/events'
import type { NodeId, ProtocolId } from '../../shared/ids'
import {
  GIVEN_MESSAGES,
  MAX_GIVEN_CLIENTS,
  MAX_GIVEN_UNANSWERED,
  NEW_GIVEN_CLIENTS,
} from '../../shared/limits'
import type { RoomMessage } from '../../shared/room/viewer-line'
import { ClientMessages } from './client-messages'
import { type GivingOptions, NodesOfViewers } from './nodes-of-viewers'
import type { Viewer } from './viewers'

export class ClientsOfViewers extends NodesOfViewers<ClientMessages> {
  constructor(options: GivingOptions) {
    super(options, {
      name: 'client',
      most: MAX_GIVEN_CLIENTS,
      newOnes: NEW_GIVEN_CLIENTS,
      each: GIVEN_MESSAGES,
    })
  }

  messageTo(viewer: Viewer): RoomMessage {
    const { given, ...parts } = this.partsFor(viewer)
    const client = given ? { ...given.shown, sent: given.own?.sent ?? [] } : null
    return { kind: 'client', ...parts, client }
  }

  /** A viewer has its client send one message. */
  async send(viewer: Viewer, payload: string): Promise<void> {
    const given = this.ownOf(viewer)
    if (given === undefined) return
    const { node, own: messages, rate } = given
    if (messages.unanswered >= MAX_GIVEN_UNANSWERED) {
      return this.tell(viewer, `Wait: ${MAX_GIVEN_UNANSWERED} of your messages have no answer yet.`)
    }
    if (!rate.take()) return this.tell(viewer, 'That is too fast: send one message a second.')
    this.noError(viewer)
    this.isAbout(this.givenAt(node))
    messages.asked(payload)
    const result = await this.screen.execute({
      type: 'sendMessage',
      client: node,
      ...(payload !== '' && { payload }),
    })
    if (result.ok) return
    messages.notSent()
    this.tell(viewer, result.error)
  }

  protected addition(policy: ProtocolId | null) {
    return { type: 'addClient', ...(policy && { policy }) } as const
  }

  protected begin(node: NodeId): ClientMessages {
    return new ClientMessages(node, this.now)
  }

  protected follow(event: LabEvent): void {
    switch (event.type) {
      case 'node.changed':
        this.isAbout(this.givenAt(event.node.id))
        return
      case 'packet.carried':
      case 'packet.sent':
      case 'exchange.finished': {
        const given = this.givenAt(isSending(event) ? event.from : event.client)
        if (!given?.own?.take(event)) return
        // Whatever was to be waited for may be over.
        if (event.type === 'exchange.finished') this.noError(given.viewer)
        this.isAbout(given)
      }
    }
  }
}
