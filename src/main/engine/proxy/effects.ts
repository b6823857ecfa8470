// Collects what the core's parts want done about one input, in order.
import type { EventBody } from '../../../shared/events'
import { PROXY } from '../../../shared/ids'
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

  /** Hands over all effects since it was last called. */
  flush(): readonly Effect[] {
    const { list } = this
    this.list = []
    return list
  }
}
