// How often a lab has chosen each server, as the table of its state would have it.
import type { LabEvent } from '../../shared/events'
import type { ProtocolId } from '../../shared/ids'
import type { Engine } from '../engine/index'

export class ChoiceCounts {
  private readonly counts = new Map<ProtocolId, number>()

  constructor(engine: Pick<Engine, 'subscribe'>) {
    engine.subscribe((event) => this.add(event))
  }

  of(server: ProtocolId): number {
    return this.counts.get(server) ?? 0
  }

  private add(event: LabEvent): void {
    if (event.type === 'decision.made') {
      if (event.server !== null) this.counts.set(event.server, this.of(event.server) + 1)
    } else if (event.type === 'row.removed') this.counts.delete(event.server)
  }
}
