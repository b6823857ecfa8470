// By server node: the exchanges that have arrived and are not worked on, in order. Work begins in the order of arrival.
import type { ExchangeId, NodeId } from '../ids'

export class Arrivals {
  private readonly byNode = new Map<NodeId, ExchangeId[]>()

  add(node: NodeId, exchange: ExchangeId): void {
    const waiting = this.byNode.get(node)
    if (waiting) waiting.push(exchange)
    else this.byNode.set(node, [exchange])
  }

  remove(node: NodeId, exchange: ExchangeId): void {
    const waiting = this.byNode.get(node)
    if (!waiting?.includes(exchange)) return
    this.byNode.set(
      node,
      waiting.filter((other) => other !== exchange),
    )
  }

  /** Takes the first ones, until this many are left. */
  takeUntil(node: NodeId, left: number): readonly ExchangeId[] {
    const waiting = this.byNode.get(node) ?? []
    return waiting.splice(0, Math.max(0, waiting.length - left))
  }

  forget(node: NodeId): void {
    this.byNode.delete(node)
  }

  clear(): void {
    this.byNode.clear()
  }
}
