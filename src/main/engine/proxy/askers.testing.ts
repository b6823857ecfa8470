// For plays: the clients whose messages a server has, so that its answers are addressed to them.
import { composeAnswer } from '../../../shared/protocol/compose'
import { MessageScanner } from '../../../shared/protocol/scanner'

export class Askers {
  /** By connection to a server, in order. */
  private readonly ids = new Map<string, string[]>()

  forwarded(upstream: string, bytes: Uint8Array): void {
    for (const item of new MessageScanner().push(bytes)) {
      if (item.kind !== 'message' || item.message.type !== 0) continue
      this.ids.set(upstream, [...(this.ids.get(upstream) ?? []), item.message.source])
    }
  }

  /** The server's answer to the next of them. */
  answer(upstream: string, payload: string): Uint8Array {
    const [server = ''] = upstream.split('/')
    return composeAnswer(server, this.ids.get(upstream)?.shift() ?? '0', payload)
  }
}
