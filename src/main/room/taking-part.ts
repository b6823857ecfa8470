// What viewers do in the lab: each has the client or the server that it was given, and does with it what it may.
import { errorText } from '../../shared/error-text'
import type { GivenKind } from '../../shared/room/given-nodes'
import type { ViewerMessage } from '../../shared/room/viewer-line'
import { ClientsOfViewers } from './clients-of-viewers'
import type { GivingOptions } from './nodes-of-viewers'
import { ServersOfViewers } from './servers-of-viewers'
import type { ViewerSocket } from './viewer-socket'
import type { Viewer } from './viewers'

type Deed = Extract<ViewerMessage, { kind: 'wantClient' | 'send' | 'wantServer' | 'answerByHand' }>

interface Options extends GivingOptions {
  warn: (text: string) => void
}

export class TakingPart {
  private readonly client: ClientsOfViewers
  private readonly server: ServersOfViewers

  constructor(private readonly options: Options) {
    this.client = new ClientsOfViewers(options)
    this.server = new ServersOfViewers(options)
  }

  nodes(what: GivenKind): ClientsOfViewers | ServersOfViewers {
    return this[what]
  }

  /** Tells a page that has joined what its viewer has. */
  welcome(line: ViewerSocket, viewer: Viewer): void {
    line.tell(this.client.messageTo(viewer))
    line.tell(this.server.messageTo(viewer))
  }

  take(viewer: Viewer, message: Deed): void {
    this.carryOut(viewer, message).catch((error) => this.options.warn(errorText(error)))
  }

  private async carryOut(viewer: Viewer, message: Deed): Promise<void> {
    switch (message.kind) {
      case 'wantClient':
        return this.client.want(viewer)
      case 'send':
        return this.client.send(viewer, message.payload)
      case 'wantServer':
        return this.server.want(viewer)
      case 'answerByHand':
        return this.server.answer(viewer, message.exchange, message.payload)
    }
  }

  /** Tells viewers what has become of what they have. Called now and then. */
  flush(): void {
    const flushed = Promise.all([this.client.flush(), this.server.flush()])
    flushed.catch((error) => this.options.warn(errorText(error)))
  }

  /** The class is over: all of them leave the lab. */
  async close(): Promise<void> {
    await this.client.close()
    await this.server.close()
  }
}
