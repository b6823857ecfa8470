// Whether a client still sends, or a message has not ended. It is counted from the events: an engine reduces its state in
// batches, which get small if somebody looks at it all the time.
import { isSending } from '../../shared/carried'
import type { LabEvent } from '../../shared/events'
import type { NodeId } from '../../shared/ids'
import type { Engine } from '../engine/index'

export class UnderWay {
  private begun: number
  private ended: number
  private readonly sending = new Set<NodeId>()

  constructor(engine: Pick<Engine, 'state' | 'subscribe'>) {
    const { nodes, totals } = engine.state
    const { begun, answered, refused, lost } = totals.exchanges
    this.begun = begun
    this.ended = answered + refused + lost
    for (const { id, sending } of nodes.values()) if (sending === true) this.sending.add(id)
    engine.subscribe((event) => this.add(event))
  }

  /** The messages that have not ended. */
  get unfinished(): number {
    return this.begun - this.ended
  }

  /** Messages have begun, and all of them have ended; no client sends more. */
  get isOver(): boolean {
    return this.begun > 0 && this.unfinished === 0 && this.sending.size === 0
  }

  private add(event: LabEvent): void {
    if (isSending(event)) {
      if (event.packet === event.exchange) this.begun++
    } else if (event.type === 'exchange.finished') this.ended++
    else if (event.type === 'traffic.changed') {
      if (event.running) this.sending.add(event.client)
      else this.sending.delete(event.client)
    }
  }
}
