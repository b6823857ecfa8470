// Collects what the core's parts want done about one input, in order.
import type { EventBody } from '../../../shared/events'
import { type NodeId, PROXY } from '../../../shared/ids'
import type { Effect } from './protocol'

export class Effects {
  private list: Effect[] = []

  add(effect: Effect): void {
    this.list.push(effect)
  }

  report(event: EventBody): void {
    this.list.push({ type: 'report', event })
  }

  log(level: 'info' | 'warning' | 'error', text: string): void {
    this.report({ type: 'log', node: PROXY, level, text })
  }

  /** A warning for the proxy's terminal, and for those of the nodes that it concerns. */
  warnOf(nodes: readonly NodeId[], text: string): void {
    for (const node of new Set([PROXY, ...nodes])) {
      this.report({ type: 'log', node, level: 'warning', text })
    }
  }

  /** Hands over all effects since it was last called. */
  flush(): readonly Effect[] {
    const { list } = this
    this.list = []
    return list
  }
}
